-- columns: area_kind, area_code, year, day_first, day_last, n_days, n_heavy_days, max_aqi, max_aqi_day, pm25, primary_pollutants, ongoing
SELECT area_kind, area_code, y.year::INTEGER AS year, day_first, day_last, n_days, n_heavy_days, max_aqi, max_aqi_day,
    round_8170(mean_pm25_ugm3, 0) AS pm25, primary_pollutants, ongoing
FROM air.episode, unnest(range(year(day_first), year(day_last) + 1)) AS y(year)
ORDER BY area_kind DESC, area_code, day_first
