-- columns: version_id, item, kind, n
-- optional: emergency.list_quality
SELECT version_id, item, kind, n FROM emergency.list_quality
ORDER BY version_id, list_position(['error', 'warning', 'notice', 'count'], kind), n DESC, item
