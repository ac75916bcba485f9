-- columns: city_code, level, state, kind, start_at, end_at, phase
-- optional: emergency.warning
-- 已发布而未解除的预警：尚未开始的、生效中的、到期而未解除的；草稿与作废的不算；一市一条，已开始的优先
-- warnings issued and not lifted: still to begin (coming), in force, past their expected end (overdue); drafts and cancelled ones are none; one a city, begun first
SELECT city_code, level, state, kind, start_at, end_at,
    CASE WHEN start_at > $now THEN 'coming' WHEN end_at < $now THEN 'overdue' ELSE 'in_force' END AS phase
FROM emergency.warning
WHERE state IN ('approved', 'started', 'upgraded', 'downgraded', 'extended', 'suspended', 'resumed')
    AND level IN ('yellow', 'orange', 'red')
QUALIFY row_number() OVER (
    PARTITION BY city_code
    ORDER BY coalesce(start_at > $now, false), coalesce(start_at, TIMESTAMP '1900-01-01') DESC, warning_id DESC
) = 1
ORDER BY city_code
