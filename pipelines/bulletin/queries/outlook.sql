-- 未来三天：各城市最近一次发布的预报；简报优先，其次订正的网格预报、网格预报，最后是基线
-- Three days ahead: the newest forecast of each city; bulletins first, then corrected grids, grids, baselines.
--
-- $now 之前 $patience 小时内发布的才算 | only what was issued within so many hours before that moment.
WITH issue AS (
    SELECT city_code, model, max(issued_at) AS issued_at FROM forecast.city_day
    WHERE issued_at <= $now AND issued_at > $now::TIMESTAMP - to_hours($patience) AND day BETWEEN $first AND $last
        AND list_contains($codes::VARCHAR[], city_code)
    GROUP BY ALL
),
best AS (
    SELECT * FROM issue
    QUALIFY row_number() OVER (
        PARTITION BY city_code
        ORDER BY CASE WHEN model = 'bulletin' THEN 1 WHEN model LIKE '%\_corrected' ESCAPE '\' THEN 2
            WHEN model NOT LIKE 'baseline\_%' ESCAPE '\' THEN 3 WHEN model = 'baseline_learned' THEN 4
            WHEN model = 'baseline_climatology' THEN 5 ELSE 6 END, issued_at DESC, model
    ) = 1
)
SELECT f.city_code, coalesce(c.name_zh, f.city_code) AS name_zh, c.short_zh, f.day, f.issued_at, f.model, f.aqi,
    coalesce(f.aqi_low, f.aqi) AS aqi_low, coalesce(f.aqi_high, f.aqi) AS aqi_high,
    aqi_level(coalesce(f.aqi_low, f.aqi)) AS level_low, aqi_level(coalesce(f.aqi_high, f.aqi)) AS level_high, f.primary_pollutants,
    starts_with(f.model, 'baseline_') AS is_baseline
FROM forecast.city_day f
JOIN best b USING (city_code, model, issued_at)
LEFT JOIN ref.city c USING (city_code)
WHERE f.day BETWEEN $first AND $last
ORDER BY f.day, f.city_code
