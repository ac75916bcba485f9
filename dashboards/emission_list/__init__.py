"""Documents of emission lists: data in, document out."""
