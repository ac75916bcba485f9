-- table: coal.early_warning
-- consequence: note
-- zh: 规上工业非电煤红色预警
-- en: red warning for non-power coal
SELECT area_kind, area_code, month, scope_rule, round(deciding_change_pct, 2) AS deciding_change_pct
FROM coal.early_warning
WHERE level = 'red' AND is_default AND area_kind IN ('city', 'region') AND month = (SELECT max(month) FROM coal.early_warning)
