-- columns: city_code, level, state, kind, start_at, end_at, overdue
-- optional: emergency.warning
-- 已开始而未解除的预警（到期而未解除的仍算）；草稿与作废的不算 | warnings begun and not lifted, also past their expected end; drafts and cancelled ones are none
SELECT city_code, level, state, kind, start_at, end_at, coalesce(end_at < $now, false) AS overdue
FROM emergency.warning
WHERE state IN ('approved', 'started', 'upgraded', 'downgraded', 'extended', 'suspended', 'resumed')
    AND level IN ('yellow', 'orange', 'red') AND coalesce(start_at, $now) <= $now
QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY coalesce(start_at, TIMESTAMP '1900-01-01') DESC, warning_id DESC) = 1
ORDER BY city_code
