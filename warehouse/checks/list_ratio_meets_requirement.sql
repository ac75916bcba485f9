-- table: emergency.reduction
-- consequence: note
-- zh: 已备案的最新清单减排比例低于要求
-- en: the newest filed list of a city cuts less than is required
SELECT r.version_id, r.level, r.pollutant, round(r.ratio_pct, 1) AS ratio_pct, r.required_pct
FROM emergency.reduction r JOIN (
    SELECT version_id FROM emergency.list_version WHERE state = 'filed'
    QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY list_year DESC, version_no DESC) = 1
) USING (version_id)
WHERE r.basis = 'filed' AND r.met IS NOT TRUE
ORDER BY ALL
