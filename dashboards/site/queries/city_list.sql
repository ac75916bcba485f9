-- columns: city_code, year, n_days
-- 有日数据的城市与年份 | cities and years with days
SELECT city_code, year(day)::INTEGER AS year, count(*) AS n_days FROM air.city_day
WHERE state <> 'partial' AND n_stations > 0 AND day <= $today
GROUP BY ALL HAVING count(aqi) + count(pm25_ugm3) + count(o3_mda8_ugm3) > 0 ORDER BY city_code, year DESC
