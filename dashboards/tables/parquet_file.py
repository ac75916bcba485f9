"""Rows as Parquet, one record batch at a time."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dashboards.tables.model import plain, staged


def write_parquet(reader: pa.RecordBatchReader, path: Path, about: dict[str, Any]) -> int:
    """Write a Parquet file and return the number of rows.

    Parameters
    ----------
    reader : pyarrow.RecordBatchReader
    path : Path
    about : dict
        Kept as the file's metadata under ``fenwei``.
    """
    schema = reader.schema.with_metadata({"fenwei": json.dumps(plain(about), ensure_ascii=False)})
    n = 0
    with staged(path) as part, pq.ParquetWriter(part, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))
            n += batch.num_rows
    return n
