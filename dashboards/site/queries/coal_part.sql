-- columns: area, part
-- 地区的组成：区域的市、省的市、市的区县 | what an area is made of: cities of regions and provinces, counties of cities
SELECT region_id AS area, area_code AS part FROM ref.region_city WHERE role = 'city'
UNION
SELECT province_code, city_code FROM ref.city
UNION
SELECT city_code, county_code FROM ref.county
ORDER BY area, part
