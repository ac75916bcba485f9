-- table: emergency.warning
-- consequence: flag
-- zh: 预警草稿所说的污染已开始，仍待批准
-- en: a draft of a warning still waits although what it is about has begun
SELECT warning_id, level, start_at FROM emergency.warning
WHERE state = 'draft' AND coalesce(start_at, expires_at) <= $as_of::TIMESTAMP
ORDER BY warning_id
