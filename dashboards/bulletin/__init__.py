"""Bulletins that are sent up: texts of the data, templates that people may change, DOCX, PDF and text made of them."""
