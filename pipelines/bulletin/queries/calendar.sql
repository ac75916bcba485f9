-- 月历：各成员城市逐日 AQI 与首要污染物 | calendar: AQI and primary pollutants of the member cities day by day
SELECT m.city_code, coalesce(c.short_zh, c.name_zh, m.city_code) AS name_zh, k.day, d.aqi, aqi_level(d.aqi) AS level, d.primary_pollutants
FROM (SELECT unnest($codes::VARCHAR[]) AS city_code) m
CROSS JOIN (SELECT unnest(generate_series($first::DATE, $last::DATE, INTERVAL 1 DAY))::DATE AS day) k
LEFT JOIN ref.city c USING (city_code)
LEFT JOIN air.city_day d ON d.city_code = m.city_code AND d.day = k.day
ORDER BY m.city_code, k.day
