-- table: emergency.warning
-- consequence: flag
-- zh: 生效预警所用清单的减排比例低于要求
-- en: the list behind a warning in force cuts less than is required
WITH newest AS (
    SELECT city_code, version_id FROM emergency.list_version WHERE state = 'filed'
    QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY list_year DESC, version_no DESC) = 1
)
SELECT w.warning_id, w.level, r.pollutant, round(r.ratio_pct, 1) AS ratio_pct, r.required_pct
FROM emergency.warning w
JOIN newest n USING (city_code)
JOIN emergency.reduction r ON r.version_id = n.version_id AND r.level = w.level AND r.basis = 'day'
WHERE w.state NOT IN ('draft', 'lifted', 'evaluated', 'expired', 'cancelled', 'superseded') AND r.met IS NOT TRUE
ORDER BY w.warning_id, r.pollutant
