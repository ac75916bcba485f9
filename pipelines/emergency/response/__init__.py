"""The response to an approved warning: which filed list it uses, what is written for whom, who has answered."""
