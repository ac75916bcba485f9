-- columns: region_id, name_zh, name_en, n_cities
-- 当日有效、成员最多的区域名单 | the list of cities in force on a day that has most members
SELECT r.region_id, any_value(r.name_zh) AS name_zh, any_value(r.name_en) AS name_en, count(DISTINCT m.area_code) AS n_cities
FROM ref.region r JOIN ref.region_city m ON m.region_id = r.region_id AND m.role = 'city'
WHERE r.region_id LIKE 'fenwei%' AND r.valid_from <= $day AND coalesce(r.valid_to, DATE '9999-12-31') >= $day
GROUP BY r.region_id ORDER BY n_cities DESC, r.region_id
