"""Figures of the page: each module has ``figure(...) -> (figure, tidy data)``; no module reads the database."""
