"""What is sent up: the data of daily and monthly bulletins, and the files made of them."""
