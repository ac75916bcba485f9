"""Letters: one model, told as plain text and as HTML."""
