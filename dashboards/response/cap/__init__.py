"""The warning as a CAP 1.2 message."""
