-- columns: day, n_hours
-- optional: ops.hour_source
-- 近 $days 天每天收到的小时数 | hours received of each of the last days
WITH day AS (
    SELECT unnest(range($today - to_days($days), $today, INTERVAL 1 DAY))::DATE AS day
),
received AS (
    SELECT (hour_end - INTERVAL 1 HOUR)::DATE AS day, count(DISTINCT hour_end) AS n_hours FROM ops.hour_source
    WHERE hour_end > $today - to_days($days) GROUP BY ALL
)
SELECT d.day, coalesce(r.n_hours, 0)::INTEGER AS n_hours FROM day d LEFT JOIN received r ON r.day = d.day
WHERE EXISTS (SELECT 1 FROM ops.hour_source) ORDER BY d.day
