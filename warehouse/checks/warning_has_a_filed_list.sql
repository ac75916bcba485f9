-- table: emergency.warning
-- consequence: flag
-- zh: 生效预警的城市没有已备案的减排清单
-- en: a warning is in force in a city without a filed emission list
SELECT warning_id, city_code, level FROM emergency.warning w
WHERE state NOT IN ('draft', 'lifted', 'evaluated', 'expired', 'cancelled', 'superseded')
    AND level IN ('yellow', 'orange', 'red')
    AND NOT EXISTS (SELECT 1 FROM emergency.list_version v WHERE v.city_code = w.city_code AND v.state = 'filed')
ORDER BY warning_id
