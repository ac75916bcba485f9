-- table: forecast.city_day
-- consequence: flag
-- zh: 最近一日的预报简报没有某成员城市的明日预报
-- en: the bulletins of the last day say nothing about tomorrow for a member city
WITH recent AS (
    SELECT city_code, day FROM forecast.city_day
    WHERE model = 'bulletin' AND issued_at BETWEEN $as_of::TIMESTAMP - INTERVAL 24 HOUR AND $as_of::TIMESTAMP
),
wanted AS (
    SELECT DISTINCT c.area_code AS city_code, d.day
    FROM ref.region_city c JOIN ref.region r USING (region_id)
    CROSS JOIN (SELECT CAST($as_of::TIMESTAMP AS DATE) + 1 AS day) d
    WHERE c.region_id LIKE 'fenwei%' AND c.role = 'city'
        AND d.day >= r.valid_from AND (r.valid_to IS NULL OR d.day <= r.valid_to)
        AND d.day >= c.valid_from AND (c.valid_to IS NULL OR d.day <= c.valid_to)
)
SELECT city_code, day FROM wanted ANTI JOIN recent USING (city_code, day)
WHERE EXISTS (SELECT 1 FROM recent)
ORDER BY city_code
