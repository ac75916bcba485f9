-- columns: city_code, station_code, station, counts, n_days, pm25, pm10, so2, no2, o3, co, last_day
-- 最近 $days 天各站点各项的完整率 | completeness of the stations over the last days [%]
WITH span AS (SELECT $today - to_days($days) AS first, $today AS last),
day AS (
    SELECT d.* FROM air.station_day d, span WHERE d.day > span.first AND d.day < span.last
)
SELECT s.city_code, s.station_code, s.name_zh AS station, s.counts, count(d.day) AS n_days,
    round(100.0 * coalesce(sum(d.n_hours_pm25), 0) / (24 * ($days - 1)), 1) AS pm25, round(100.0 * coalesce(sum(d.n_hours_pm10), 0) / (24 * ($days - 1)), 1) AS pm10,
    round(100.0 * coalesce(sum(d.n_hours_so2), 0) / (24 * ($days - 1)), 1) AS so2, round(100.0 * coalesce(sum(d.n_hours_no2), 0) / (24 * ($days - 1)), 1) AS no2,
    round(100.0 * coalesce(sum(d.n_hours_o3), 0) / (24 * ($days - 1)), 1) AS o3, round(100.0 * coalesce(sum(d.n_hours_co), 0) / (24 * ($days - 1)), 1) AS co,
    max(d.day) FILTER (d.n_hours_pm25 > 0) AS last_day
FROM ref.station s LEFT JOIN day d ON d.station_code = s.station_code
WHERE s.city_code IS NOT NULL
GROUP BY ALL ORDER BY s.city_code, s.station_code
