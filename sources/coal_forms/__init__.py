"""Coal forms: XLSX, XLS or CSV in; typed tables and findings about single cells out."""

from sources.coal_forms.model import Document, Finding, FormTable
from sources.coal_forms.reading import looks_like_coal_form, read

__all__ = ["Document", "Finding", "FormTable", "looks_like_coal_form", "read"]
