"""Rows as files: CSV, JSON, Excel and Parquet. Rows in, document out, in batches."""
