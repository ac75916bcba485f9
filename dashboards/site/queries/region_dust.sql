-- columns: area_code, period, pm25_before_dust, pm25_after_dust, pm10_before_dust, pm10_after_dust, n_left_out
-- 各城市与考核单元各时段 PM2.5、PM10 平均：扣沙前与扣沙后（修约值），及扣除的天数
-- mean PM2.5 and PM10 of cities and units by period, before and after sand deduction as printed, and the days left out
SELECT e.area_code, e.period,
    max(e.value_printed) FILTER (e.pollutant = 'PM2.5' AND e.basis = 'before_dust') AS pm25_before_dust,
    max(e.value_printed) FILTER (e.pollutant = 'PM2.5' AND e.basis = 'after_dust') AS pm25_after_dust,
    max(e.value_printed) FILTER (e.pollutant = 'PM10' AND e.basis = 'before_dust') AS pm10_before_dust,
    max(e.value_printed) FILTER (e.pollutant = 'PM10' AND e.basis = 'after_dust') AS pm10_after_dust,
    greatest(
        coalesce(max(e.n_valid_days) FILTER (e.pollutant = 'PM2.5' AND e.basis = 'before_dust'), 0)
            - coalesce(max(e.n_valid_days) FILTER (e.pollutant = 'PM2.5' AND e.basis = 'after_dust'), 0),
        coalesce(max(e.n_valid_days) FILTER (e.pollutant = 'PM10' AND e.basis = 'before_dust'), 0)
            - coalesce(max(e.n_valid_days) FILTER (e.pollutant = 'PM10' AND e.basis = 'after_dust'), 0)
    ) AS n_left_out
FROM air.evaluation e
JOIN ref.standard_set s ON s.standard_set = e.standard_set AND least(e.day_until, e.day_last) BETWEEN s.valid_from AND coalesce(s.valid_to, DATE '9999-12-31')
WHERE e.area_kind IN ('city', 'unit') AND e.statistic = 'mean' AND e.pollutant IN ('PM2.5', 'PM10')
GROUP BY e.area_code, e.period
ORDER BY e.period, e.area_code
