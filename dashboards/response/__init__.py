"""What goes out when a warning has been approved: the list as workbook, letters, notices, placards, texts, CAP."""
