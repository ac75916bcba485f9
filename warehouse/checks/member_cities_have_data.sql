-- table: air.region_day
-- consequence: flag
-- zh: 昨日有成员城市缺数据
-- en: member cities of a region in force lacked data yesterday
SELECT d.region_id, d.day, d.n_cities, d.n_cities_expected
FROM air.region_day d JOIN ref.region r USING (region_id)
WHERE d.day = CAST($as_of::TIMESTAMP AS DATE) - 1 AND d.day >= r.valid_from AND (r.valid_to IS NULL OR d.day <= r.valid_to)
    AND d.region_id LIKE 'fenwei%' AND d.n_cities < d.n_cities_expected
