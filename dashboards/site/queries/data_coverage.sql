-- columns: station_code, station, city_code, city_zh, city_en, province_code, province_zh, province_en, counts, listed, day, pct
-- 各站点各日六项小时数齐全率；名单内全年无数据的站点也各有一行（日期为空）
-- Completeness of each station and day over the six pollutants [%]; listed stations without a day of data have one row without day
WITH day AS (
    SELECT station_code, day, 100.0 * (n_hours_pm25 + n_hours_pm10 + n_hours_so2 + n_hours_no2 + n_hours_o3 + n_hours_co) / 144 AS pct
    FROM air.station_day WHERE day < $today
)
SELECT coalesce(s.station_code, d.station_code) AS station_code, s.name_zh AS station, s.city_code, c.name_zh AS city_zh, c.name_en AS city_en,
    c.province_code, c.province_zh, c.province_en, s.counts, s.station_code IS NOT NULL AS listed, d.day, round(d.pct)::INTEGER AS pct
FROM ref.station s FULL JOIN day d ON d.station_code = s.station_code LEFT JOIN ref.city c ON c.city_code = s.city_code
ORDER BY c.province_code, s.city_code, station_code, d.day
