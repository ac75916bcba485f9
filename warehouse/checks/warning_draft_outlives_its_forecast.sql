-- table: emergency.warning
-- consequence: flag
-- zh: 预警草稿的预报时段已过，未作废也未批准
-- en: the time a draft is about is over, and it was neither approved nor closed
SELECT warning_id, level, expires_at FROM emergency.warning
WHERE state = 'draft' AND expires_at <= $as_of::TIMESTAMP
ORDER BY warning_id
