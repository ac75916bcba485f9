"""What is done, by subject; `defs` and `cli` declare and call it."""
