-- columns: code, name_zh, name_en
SELECT city_code AS code, name_zh, name_en FROM ref.city
UNION ALL
SELECT unit_id, name_zh, name_en FROM ref.assessment_unit
UNION ALL
SELECT region_id, name_zh, name_en FROM ref.region
ORDER BY code
