"""The list of a response as a workbook."""
