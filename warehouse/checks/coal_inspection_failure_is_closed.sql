-- table: coal.inspection_check
-- consequence: flag
-- zh: 不合格批次超过期限未办结
-- en: failures not closed in time
SELECT sample_id, entity_name, route, days_open
FROM coal.inspection_check
WHERE is_open AND days_open > (SELECT max(value) FROM ref.coal_rule WHERE rule = 'inspection_close_days')
