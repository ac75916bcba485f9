"""Forms that bureaus fill in, coal forms and the sheets of emission lists: XLSX, XLS or CSV in; typed tables and findings out."""

from sources.bureau_forms.model import Document, Finding, FormTable
from sources.bureau_forms.reading import looks_like_coal_form, read

__all__ = ["Document", "Finding", "FormTable", "looks_like_coal_form", "read"]
