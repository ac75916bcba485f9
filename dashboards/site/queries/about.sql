-- columns: key, value
SELECT key, value FROM ops.about
