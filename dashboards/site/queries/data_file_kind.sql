-- columns: kind, n, n_loaded, n_partial, n_held, n_rejected, n_other, n_late, day_last, seen_at, n_rejected_rows
-- optional: ops.source_file
-- 各类来源文件：收到、入库、待确认、拒收，以及迟到者（首次见到晚于文件末日两天以上，含补录）
-- Files by kind: received, loaded, held, rejected, and late ones (first seen more than two days after their last day, backfill included)
SELECT kind, count(*)::INTEGER AS n, count(*) FILTER (status IN ('loaded', 'duplicate'))::INTEGER AS n_loaded, count(*) FILTER (status = 'partial')::INTEGER AS n_partial,
    count(*) FILTER (status = 'held')::INTEGER AS n_held, count(*) FILTER (status IN ('rejected', 'unreadable'))::INTEGER AS n_rejected,
    count(*) FILTER (status NOT IN ('loaded', 'duplicate', 'partial', 'held', 'rejected', 'unreadable'))::INTEGER AS n_other,
    count(*) FILTER (seen_at > day_last + INTERVAL 3 DAY)::INTEGER AS n_late, max(day_last) AS day_last, max(seen_at) AS seen_at,
    coalesce(sum(n_rejected), 0)::BIGINT AS n_rejected_rows
FROM ops.source_file GROUP BY kind ORDER BY n DESC, kind
