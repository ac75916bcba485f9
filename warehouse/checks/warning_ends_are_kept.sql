-- table: emergency.warning
-- consequence: flag
-- zh: 预警已过结束时间，未解除也未延长
-- en: a warning is past its end, neither lifted nor prolonged
SELECT warning_id, level, end_at FROM emergency.warning
WHERE state NOT IN ('draft', 'lifted', 'evaluated', 'expired', 'cancelled', 'superseded') AND end_at <= $as_of::TIMESTAMP
ORDER BY warning_id
