-- table: air.city_day
-- consequence: flag
-- zh: 昨日小时未齐
-- en: yesterday lacks hours
SELECT CAST($as_of::TIMESTAMP AS DATE) - 1 AS day, count(*) AS n_hours FROM ops.hour_source
WHERE hour_end > CAST($as_of::TIMESTAMP AS DATE) - 1 AND hour_end <= CAST($as_of::TIMESTAMP AS DATE)
HAVING count(*) < 24 AND EXISTS (SELECT 1 FROM ops.hour_source)
