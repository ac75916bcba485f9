-- columns: city_code, day, issued_at, model, aqi, aqi_low, aqi_high, primary_pollutants
-- optional: forecast.city_day
-- 各市最近一次发布；简报优先，其次订正的网格预报、网格预报，最后是基线 | newest issue: bulletins first, then corrected grids, grids, baselines
WITH issue AS (
    SELECT city_code, model, max(issued_at) AS issued_at FROM forecast.city_day
    WHERE issued_at <= $now AND issued_at > $now - to_hours($patience) AND day >= $today
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
SELECT f.city_code, f.day, f.issued_at, f.model, f.aqi, f.aqi_low, f.aqi_high, f.primary_pollutants
FROM forecast.city_day f JOIN best b USING (city_code, model, issued_at)
WHERE f.day >= $today
ORDER BY f.city_code, f.day
