-- columns: path, kind, status, reason_code, reason_zh, reason_en, day_first, day_last, n_values, n_rejected, seen_at, late_days, n_open, n_all
-- optional: ops.source_file
-- 未全部入库的文件在前，其后为最近收到的；文件名按本版所载 | files not taken in whole first, then the newest; paths as this build holds them
SELECT path, kind, status, reason_code, reason_zh, reason_en, day_first, day_last, n_values, n_rejected, seen_at,
    CASE WHEN seen_at > day_last + INTERVAL 3 DAY THEN date_diff('day', day_last, seen_at::DATE) - 1 END::INTEGER AS late_days,
    count(*) FILTER (status NOT IN ('loaded', 'duplicate', 'superseded')) OVER ()::INTEGER AS n_open, count(*) OVER ()::INTEGER AS n_all
FROM ops.source_file
ORDER BY status IN ('loaded', 'duplicate', 'superseded'), list_position(['held', 'rejected', 'unreadable', 'partial', 'future', 'empty'], status),
    seen_at DESC, day_last DESC NULLS LAST, path
LIMIT $n
