-- columns: city_code, year, weekday, hour, pm25, pm10, so2, no2, o3, co
-- 各时刻的平均：小时以结束时刻计（1–24），星期按该小时所在日 | means by hour of the day (named by its end, 1–24) and weekday
SELECT city_code, year(hour_end - INTERVAL 1 HOUR)::INTEGER AS year, isodow(hour_end - INTERVAL 1 HOUR)::INTEGER AS weekday,
    hour(hour_end - INTERVAL 1 HOUR)::INTEGER + 1 AS hour, round(avg(pm25_ugm3), 0) AS pm25, round(avg(pm10_ugm3), 0) AS pm10,
    round(avg(so2_ugm3), 0) AS so2, round(avg(no2_ugm3), 0) AS no2, round(avg(o3_ugm3), 0) AS o3, round(avg(co_mgm3), 1) AS co
FROM air.city_hour
WHERE hour_end <= $now
GROUP BY ALL ORDER BY city_code, year, weekday, hour
