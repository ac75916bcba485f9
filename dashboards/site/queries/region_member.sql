-- columns: area_code, role
SELECT DISTINCT area_code, role FROM ref.region_city WHERE region_id = $region ORDER BY role, area_code
