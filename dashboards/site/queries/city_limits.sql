-- columns: city_code, year, pollutant, statistic, basis, value_printed, limit_value, ratio_pct, attained, exceedance_multiple, n_valid_days, n_days, sufficient, standard_set
-- 年度评价：按时段末日（或数据末日）有效的标准 | the evaluation of years under the standards in force
SELECT e.area_code AS city_code, e.period::INTEGER AS year, e.pollutant, e.statistic, e.basis, e.value_printed, e.limit_value,
    round_8170(100 * e.value_printed / nullif(e.limit_value, 0), 0) AS ratio_pct, e.attained, e.exceedance_multiple, e.n_valid_days, e.n_days,
    e.sufficient, e.standard_set
FROM air.evaluation e
JOIN ref.standard_set s ON s.standard_set = e.standard_set AND least(e.day_until, e.day_last) BETWEEN s.valid_from AND coalesce(s.valid_to, DATE '9999-12-31')
LEFT JOIN ref.pollutant p ON p.pollutant = e.pollutant
WHERE e.area_kind = 'city' AND regexp_full_match(e.period, '\d{4}')
ORDER BY city_code, year, p.sort, e.statistic, e.basis DESC
