-- columns: region_id, period, pm25, pm25_after, good_days_pct, heavy_city_days, n_cities, sufficient
-- 区域时段：PM2.5 平均（扣沙前、扣沙后，修约）、优良比例与重污染城市天（各日用当日标准）
-- region and period at a glance: mean PM2.5 before and after sand deduction as printed, good days, heavy city-days
SELECT e.area_code AS region_id, e.period, e.value_printed AS pm25, a.value_printed AS pm25_after, d.good_days_pct, d.heavy_city_days,
    e.n_cities, e.sufficient
FROM air.evaluation e
JOIN ref.standard_set s ON s.standard_set = e.standard_set AND least(e.day_until, e.day_last) BETWEEN s.valid_from AND coalesce(s.valid_to, DATE '9999-12-31')
LEFT JOIN air.evaluation a ON a.area_kind = e.area_kind AND a.area_code = e.area_code AND a.period = e.period AND a.standard_set = e.standard_set
    AND a.pollutant = e.pollutant AND a.statistic = e.statistic AND a.basis = 'after_dust'
LEFT JOIN air.period_days d ON d.area_kind = 'region' AND d.area_code = e.area_code AND d.period = e.period AND d.standard_set = 'each_day'
WHERE e.area_kind = 'region' AND e.pollutant = 'PM2.5' AND e.statistic = 'mean' AND e.basis = 'before_dust'
ORDER BY region_id, e.period
