"""The notice as an official letter in the form of GB/T 9704-2012."""
