"""What lies in the landing folder: told apart by content, small tables kept at once, station files left to `air`."""
