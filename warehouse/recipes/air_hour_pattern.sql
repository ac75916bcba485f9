-- zh: 某市一天之中哪几个钟头污染最重，工作日和周末一样吗？
-- en: At which hours of the day is a city’s air worst, and is it the same on working days and at weekends?
-- class: public
-- parameter: city | 城市代码或名称；省略为全部城市平均 | city, by code or name; the mean of all cities without it
-- parameter: first | 首日；省略为最近一年 | first day; the last year without it
-- parameter: until | 末日（含）；省略为最近一天 | last day, inclusive; the newest without it
-- 周末按星期六、日计，未计调休 | weekends are Saturdays and Sundays, whatever the holidays
WITH newest AS (SELECT max(hour_end) AS hour_end FROM air.city_hour),
asked AS (
    SELECT coalesce(getvariable('first')::TIMESTAMP, hour_end - INTERVAL 1 YEAR) AS first, coalesce(getvariable('until')::DATE + INTERVAL 1 DAY, hour_end) AS until FROM newest
),
city AS (
    SELECT city_code FROM ref.city
    WHERE getvariable('city') IS NULL OR city_code = getvariable('city')::VARCHAR OR contains(name_zh, getvariable('city')::VARCHAR)
),
picked AS (
    SELECT h.*, h.hour_end - INTERVAL 1 HOUR AS begun FROM air.city_hour h JOIN city USING (city_code) CROSS JOIN asked a
    WHERE h.hour_end > a.first AND h.hour_end <= a.until
)
SELECT lpad(hour(begun)::VARCHAR, 2, '0') || '–' || lpad((hour(begun) + 1)::VARCHAR, 2, '0') || ' 时' AS "时段",
    round_8170(avg(pm25_ugm3) FILTER (isodow(begun) < 6), 1) AS "PM2.5_工作日", round_8170(avg(pm25_ugm3) FILTER (isodow(begun) >= 6), 1) AS "PM2.5_周末",
    round_8170(avg(no2_ugm3) FILTER (isodow(begun) < 6), 1) AS "NO2_工作日", round_8170(avg(no2_ugm3) FILTER (isodow(begun) >= 6), 1) AS "NO2_周末",
    round_8170(avg(o3_ugm3) FILTER (isodow(begun) < 6), 1) AS "O3_工作日", round_8170(avg(o3_ugm3) FILTER (isodow(begun) >= 6), 1) AS "O3_周末",
    round_8170(avg(pm10_ugm3), 1) AS "PM10_全部", round_8170(avg(so2_ugm3), 1) AS "SO2_全部", round_8170(avg(co_mgm3), 2) AS "CO_全部", count(pm25_ugm3) AS "PM2.5有效小时数"
FROM picked
GROUP BY hour(begun)
ORDER BY hour(begun)
