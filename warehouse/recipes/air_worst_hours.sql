-- zh: 最差的是哪些小时？
-- en: Which hours were the worst?
-- class: public
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- parameter: first | 首日；省略为最近 30 天 | first day; the last 30 days without it
-- parameter: until | 末日（含）；省略为最近一天 | last day, inclusive; the newest without it
WITH newest AS (SELECT max(hour_end) AS hour_end FROM air.city_hour)
SELECT c.name_zh AS "城市", h.hour_end AS "小时（止）", h.aqi AS "AQI", aqi_category(h.aqi_of_available) AS "类别", h.primary_pollutants AS "首要污染物",
    round_8170(h.pm25_ugm3, 0) AS "PM2.5", round_8170(h.pm10_ugm3, 0) AS "PM10", round_8170(h.so2_ugm3, 0) AS "SO2", round_8170(h.no2_ugm3, 0) AS "NO2",
    round_8170(h.o3_ugm3, 0) AS "O3", round_8170(h.co_mgm3, 1) AS "CO", h.n_stations AS "站点数", h.n_stations_expected AS "应有站点数"
FROM air.city_hour h
JOIN ref.city c USING (city_code)
CROSS JOIN newest n
WHERE h.hour_end > coalesce(getvariable('first')::TIMESTAMP, n.hour_end - INTERVAL 30 DAY)
    AND h.hour_end <= coalesce(getvariable('until')::DATE + INTERVAL 1 DAY, n.hour_end)
    AND (getvariable('city') IS NULL OR h.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR))
ORDER BY h.aqi_of_available DESC NULLS LAST, h.hour_end, h.city_code
LIMIT 24
