-- 目标依据的文件：每个目标、来源，涉及年份内有哪些文件（指纹），用于找到原始行
-- Files behind a target: by target and origin, the SHA-256 of the files that hold rows of its area in its years
--
-- asked_coal_area：target_id, area_kind, area_code, years；asked_coal_member：target_id, member_kind, member_code（省、市、县）
WITH area_use AS (
    SELECT DISTINCT area_kind, area_code, CAST(left(period, 4) AS INTEGER) AS stat_year, sha256 FROM coal.report_area_use
    WHERE left(period, 7) <= $as_of_month
    UNION
    SELECT DISTINCT CASE WHEN county_code IS NOT NULL THEN 'county' WHEN city_code IS NOT NULL THEN 'city' ELSE 'province' END,
        coalesce(county_code, city_code, province_code), stat_year, sha256
    FROM coal.report_region_year WHERE county_code IS NOT NULL OR coalesce(trim(county_name), '') = ''
),
firm_use AS (
    SELECT DISTINCT province_code, city_code, county_code, CAST(left(month, 4) AS INTEGER) AS stat_year, sha256
    FROM coal.use_month WHERE month <= $as_of_month
),
found AS (
    SELECT a.target_id, 'reported' AS origin, u.sha256
    FROM asked_coal_area a JOIN area_use u
        ON u.area_kind = a.area_kind AND u.area_code = a.area_code AND list_contains(a.years, u.stat_year)
    UNION
    SELECT a.target_id, 'firms', u.sha256
    FROM asked_coal_area a JOIN asked_coal_member m USING (target_id)
    JOIN firm_use u ON m.member_code = CASE m.member_kind WHEN 'province' THEN u.province_code WHEN 'city' THEN u.city_code ELSE u.county_code END
        AND list_contains(a.years, u.stat_year)
)
SELECT target_id, origin, string_agg(DISTINCT sha256, ';' ORDER BY sha256) AS sha256
FROM found WHERE sha256 IS NOT NULL
GROUP BY ALL ORDER BY ALL
