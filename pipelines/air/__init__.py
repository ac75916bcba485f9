"""Air: hours, days, evaluation, quality."""
