"""Emergency emission lists: taken in whole, kept by version, checked against the cuts required, compared."""
