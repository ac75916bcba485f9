-- table: emergency.warning
-- consequence: flag
-- zh: 预警已到开始时间，响应尚未登记启动
-- en: the start of a warning has come and no response is on record
SELECT warning_id, level, start_at FROM emergency.warning
WHERE state = 'approved' AND start_at <= $as_of::TIMESTAMP
ORDER BY warning_id
