-- columns: warning_id, state, level, from_at, to_at
-- optional: emergency.warning
-- 没有事件表时由预警本身得出的阶段：批准、响应、解除 | stages as the warning itself tells them, where there are no events
SELECT warning_id, 'approved' AS state, level, approved_at AS from_at, coalesce(response_at, lifted_at) AS to_at
FROM emergency.warning WHERE approved_at IS NOT NULL
UNION ALL
SELECT warning_id, 'started', level, response_at, lifted_at FROM emergency.warning WHERE response_at IS NOT NULL
UNION ALL
SELECT warning_id, 'lifted', level, lifted_at, NULL FROM emergency.warning WHERE lifted_at IS NOT NULL
ORDER BY warning_id, from_at
