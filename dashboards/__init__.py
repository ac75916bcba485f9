"""What people look at: data in, document out; no result is computed here."""
