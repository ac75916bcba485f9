"""Emergency emission lists: XLSX, XLS or CSV in; typed tables and findings about single cells out."""

from sources.emission_list.mapping import Mapping, MappingError, read_mapping
from sources.emission_list.reading import ListDocument, read

__all__ = ["ListDocument", "Mapping", "MappingError", "read", "read_mapping"]
