-- columns: city_code, year, month, pm25
-- 各月 PM2.5 平均（扣沙前，修约值） | monthly means of PM2.5 before sand deduction, as printed
SELECT e.area_code AS city_code, left(e.period, 4)::INTEGER AS year, right(e.period, 2)::INTEGER AS month, e.value_printed AS pm25
FROM air.evaluation e
JOIN ref.standard_set s ON s.standard_set = e.standard_set AND least(e.day_until, e.day_last) BETWEEN s.valid_from AND coalesce(s.valid_to, DATE '9999-12-31')
WHERE e.area_kind = 'city' AND e.pollutant = 'PM2.5' AND e.statistic = 'mean' AND e.basis = 'before_dust' AND regexp_full_match(e.period, '\d{4}-\d{2}')
ORDER BY city_code, year, month
