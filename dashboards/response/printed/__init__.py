"""What is printed for enterprises: notices and gate placards."""
