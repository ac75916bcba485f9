-- columns: city_code, day, aqi, primary_pollutants, pm25_ugm3, state
-- 最近 $days 天 | the last days
SELECT city_code, day, aqi, primary_pollutants, round_8170(pm25_ugm3, 0) AS pm25_ugm3, state
FROM air.city_day
WHERE state <> 'partial' AND day <= $today AND day > $today - to_days($days)
ORDER BY city_code, day
