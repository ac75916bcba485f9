-- zh: 最近收到了哪些文件，哪些迟到、暂缓或拒收，为什么？
-- en: Which files came of late, and which were late, held or refused, and why?
-- parameter: days | 只看最近多少天收到的；省略为全部有问题的 | files that came within so many days; all that have a problem without it
-- 迟到：监测文件在其数据日之后一天多才到 | late: a file of stations that came more than a day after its data
WITH newest AS (SELECT max(seen_at) AS seen_at FROM ops.source_file),
judged AS (
    SELECT f.*, make_timestamp(f.modified_ns // 1000) + INTERVAL 8 HOUR AS arrived FROM ops.source_file f
)
SELECT CASE j.status WHEN 'loaded' THEN '已入库' WHEN 'held' THEN '暂缓' WHEN 'rejected' THEN '拒收' WHEN 'superseded' THEN '被取代' ELSE j.status END AS "状态",
    j.kind AS "类别", j.path AS "文件", j.day_first AS "首日", j.day_last AS "末日", j.arrived AS "文件时间", j.seen_at AS "收到时间",
    CASE WHEN j.kind = 'station_hours' AND j.arrived > j.day_last + INTERVAL 50 HOUR THEN date_diff('day', j.day_last + INTERVAL 1 DAY, j.arrived) END AS "迟到天数",
    j.n_values AS "数值个数", j.n_rejected AS "拒收数值", j.reason_zh AS "原因", j.reason_en AS "原因（英文）"
FROM judged j CROSS JOIN newest n
WHERE CASE WHEN getvariable('days') IS NULL THEN j.status <> 'loaded' OR j.n_rejected > 0
    ELSE j.seen_at >= n.seen_at - to_days(getvariable('days')::INTEGER) END
ORDER BY j.seen_at DESC, j.status, j.path
