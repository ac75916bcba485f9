"""The page: built from a published database, made with every publication, shown on this machine."""
