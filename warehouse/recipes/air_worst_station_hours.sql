-- zh: 哪些站点的哪些小时最差？
-- en: Which hours at which stations were the worst?
-- class: public
-- parameter: pollutant | 按哪一项排：AQI（默认）、PM2.5、PM10、SO2、NO2、O3、CO | what to sort by: AQI (default), PM2.5, PM10, SO2, NO2, O3, CO
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- parameter: first | 首日；省略为最近 30 天 | first day; the last 30 days without it
-- parameter: until | 末日（含）；省略为最近一天 | last day, inclusive; the newest without it
-- 该项被判为无效的小时不列 | hours whose value of that pollutant was found bad are left out
WITH newest AS (SELECT max(hour_end) AS hour_end FROM air.station_hour),
asked AS (
    SELECT coalesce(getvariable('first')::TIMESTAMP, hour_end - INTERVAL 30 DAY) AS first,
        coalesce(getvariable('until')::DATE + INTERVAL 1 DAY, hour_end) AS until, coalesce(upper(getvariable('pollutant')::VARCHAR), 'AQI') AS pollutant
    FROM newest
),
bad AS (
    SELECT q.station_code, q.hour_end FROM air.quality_flag q JOIN asked a ON a.pollutant = q.pollutant
    WHERE q.flag = 'bad' AND q.hour_end > a.first AND q.hour_end <= a.until
),
valued AS (
    SELECT h.*, CASE a.pollutant WHEN 'AQI' THEN h.aqi WHEN 'PM2.5' THEN h.pm25_ugm3 WHEN 'PM10' THEN h.pm10_ugm3 WHEN 'SO2' THEN h.so2_ugm3
        WHEN 'NO2' THEN h.no2_ugm3 WHEN 'O3' THEN h.o3_ugm3 WHEN 'CO' THEN h.co_mgm3 ELSE error('pollutant: AQI, PM2.5, PM10, SO2, NO2, O3, CO') END AS value
    FROM air.station_hour h CROSS JOIN asked a WHERE h.hour_end > a.first AND h.hour_end <= a.until
)
SELECT c.name_zh AS "城市", coalesce(s.name_zh, v.station_code) AS "站点", v.station_code AS "站点编码", v.hour_end AS "小时（止）", v.aqi AS "AQI",
    aqi_category(v.aqi) AS "类别", v.primary_pollutants AS "首要污染物", v.pm25_ugm3 AS "PM2.5", v.pm10_ugm3 AS "PM10", v.so2_ugm3 AS "SO2",
    v.no2_ugm3 AS "NO2", v.o3_ugm3 AS "O3", v.co_mgm3 AS "CO", CASE v.flag WHEN 'doubtful' THEN '有存疑值' WHEN 'bad' THEN '有无效值' END AS "数据标识"
FROM valued v
LEFT JOIN bad USING (station_code, hour_end)
LEFT JOIN ref.station s USING (station_code)
LEFT JOIN ref.city c ON c.city_code = s.city_code
WHERE bad.station_code IS NULL AND v.value IS NOT NULL
    AND (getvariable('city') IS NULL OR s.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR))
ORDER BY v.value DESC, v.hour_end, v.station_code
LIMIT 50
