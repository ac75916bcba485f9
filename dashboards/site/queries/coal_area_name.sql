-- columns: code, name_zh, name_en
-- 省与区县的名称 | names of provinces and counties
SELECT province_code AS code, min(province_zh) AS name_zh, min(province_en) AS name_en FROM ref.city GROUP BY province_code
UNION ALL
SELECT county_code, arg_max(name_zh, valid_from), NULL FROM ref.county GROUP BY county_code
ORDER BY code
