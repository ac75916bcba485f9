-- columns: city_code, year, month, basis, pm25, pm25_before, change_pct
-- 各月 PM2.5 平均与上年同月（扣沙前与扣沙后，修约值）及按修约值算的变化 | monthly means of PM2.5 and of the year before, before and after sand deduction, as printed, and the change of these
WITH month AS (
    SELECT e.area_code AS city_code, e.basis, left(e.period, 4)::INTEGER AS year, right(e.period, 2)::INTEGER AS month, e.value_printed AS pm25
    FROM air.evaluation e
    JOIN ref.standard_set s ON s.standard_set = e.standard_set AND least(e.day_until, e.day_last) BETWEEN s.valid_from AND coalesce(s.valid_to, DATE '9999-12-31')
    WHERE e.area_kind = 'city' AND e.pollutant = 'PM2.5' AND e.statistic = 'mean' AND regexp_full_match(e.period, '\d{4}-\d{2}')
)
SELECT coalesce(n.city_code, b.city_code) AS city_code, coalesce(n.year, b.year + 1) AS year, coalesce(n.month, b.month) AS month,
    coalesce(n.basis, b.basis) AS basis, n.pm25, b.pm25 AS pm25_before, round_8170((n.pm25 - b.pm25) * 100 / nullif(b.pm25, 0), 1) AS change_pct
FROM month n FULL JOIN month b ON b.city_code = n.city_code AND b.basis = n.basis AND b.year = n.year - 1 AND b.month = n.month
WHERE n.pm25 IS NOT NULL OR b.pm25 IS NOT NULL
ORDER BY city_code, year, month, basis DESC
