-- 平衡中不足三家企业的项目：哪些地区、时段、口径的哪一项，只有一两家企业的量？其合计就是（或几乎就是）一家企业的数，只在限制级。
-- Items of the balance that only one or two firms have: such a sum is as good as a return of a firm, and stays restricted.
--
-- 数的是有量（不为零）的企业；洗选煤的企业不计入其原煤、煤合计的家数，宁可少数。另两种口径之差只含一两家企业时，非电一行同样。
-- Firms with an amount that is not nought are counted; those that wash coal are not counted for raw and total coal, so that
-- the count is never too high. A row of non-power coal counts too where only one or two firms lie between both scopes.
WITH scope AS (
    SELECT 'above_scale' AS scope, [] AS excluded
    UNION ALL
    SELECT scope, string_split(coalesce(excluded_divisions, ''), ';') FROM ref.coal_scope_rule
    WHERE scope = 'above_scale_non_power' AND is_default AND "by" = 'division' AND valid_to IS NULL
),
washer AS (SELECT DISTINCT credit_code FROM coal.report_firm_usage WHERE purpose = 'washing' AND input_t <> 0),
amount AS (
    SELECT credit_code, 'month' AS period_kind, month AS period, province_code, city_code, county_code, industry_division, product, use_t,
        feedstock_t
    FROM coal.use_month WHERE listed
    UNION ALL
    SELECT credit_code, 'ytd', stat_year || '-01..' || right(month, 2), province_code, city_code, county_code, industry_division, product, ytd_use_t,
        ytd_feedstock_t
    FROM coal.use_month WHERE listed
    UNION ALL
    SELECT credit_code, 'year', stat_year::VARCHAR, province_code, city_code, county_code, industry_division, product, use_t, feedstock_t
    FROM coal.use_year WHERE listed
),
item AS (
    SELECT product, unnest(list_filter([
        CASE WHEN in_coal_total THEN 'coal_total' END,
        CASE WHEN in_coal_total AND survey_group IN ('raw_coal', 'washed_coal', 'other_coal') THEN survey_group END,
        CASE WHEN product = 'gangue' THEN 'gangue' END,
        CASE WHEN survey_group = 'coke' THEN 'coke' END,
        CASE WHEN product = 'semi_coke' THEN 'semi_coke' END], lambda i: i IS NOT NULL)) AS item,
        survey_group = 'raw_coal' AS washable
    FROM ref.coal_product WHERE valid_to IS NULL
    UNION ALL SELECT 'coal_total', 'coal_total', true
),
judged AS (
    SELECT a.*, a.industry_division = '06' OR w.credit_code IS NOT NULL AS washes FROM amount a LEFT JOIN washer w USING (credit_code)
),
used AS (
    SELECT credit_code, period_kind, period, province_code, city_code, county_code, industry_division, item
    FROM judged JOIN item USING (product) WHERE use_t <> 0 AND NOT (washable AND coalesce(washes, false))
    UNION ALL
    SELECT credit_code, period_kind, period, province_code, city_code, county_code, industry_division, 'feedstock' FROM judged WHERE feedstock_t <> 0
    UNION ALL
    SELECT credit_code, period_kind, period, province_code, city_code, county_code, industry_division, 'use:washing' FROM judged
    WHERE use_t <> 0 AND washes AND product IN (SELECT product FROM item WHERE washable)
    UNION ALL
    SELECT u.credit_code, 'year', u.stat_year::VARCHAR, coalesce(f.province_code, y.province_code), coalesce(f.city_code, y.city_code),
        coalesce(f.county_code, y.county_code), coalesce(f.industry_division, y.industry_division),
        'use:' || CASE WHEN u.purpose IN ('feedstock', 'burning') THEN 'industry' ELSE u.purpose END
    FROM coal.report_firm_usage u
    LEFT JOIN coal.firm f USING (credit_code)
    LEFT JOIN (SELECT credit_code, stat_year, max(province_code) AS province_code, max(city_code) AS city_code, max(county_code) AS county_code,
            max(industry_division) AS industry_division FROM coal.report_firm_year GROUP BY ALL) y USING (credit_code, stat_year)
    WHERE u.input_t <> 0 AND u.purpose <> 'washing'
),
-- each firm once, then each place: adding up places is much faster than telling firms apart in every area
-- 每家企业一行，再按地点计数
once AS (
    SELECT period_kind, period, item, max(province_code) AS province_code, max(city_code) AS city_code, max(county_code) AS county_code,
        max(industry_division) AS industry_division
    FROM used GROUP BY credit_code, period_kind, period, item
),
spot AS (
    SELECT period_kind, period, item, province_code, city_code, county_code, industry_division, count(*) AS n FROM once GROUP BY ALL
),
placed AS (
    SELECT * EXCLUDE (place), place.kind AS area_kind, place.code AS area_code FROM (
        SELECT period_kind, period, item, industry_division, n, unnest([
            {'kind': 'county', 'code': county_code}, {'kind': 'unit', 'code': county_code}, {'kind': 'city', 'code': city_code},
            {'kind': 'province', 'code': province_code}]) AS place
        FROM spot)
    WHERE place.code IS NOT NULL AND (place.kind <> 'unit' OR place.code IN (SELECT unit_id FROM ref.assessment_unit))
    UNION ALL
    SELECT s.period_kind, s.period, s.item, s.industry_division, s.n, 'region', r.region_id FROM spot s
    JOIN (SELECT DISTINCT region_id, area_code FROM ref.region_city WHERE role = 'city') r ON r.area_code = s.city_code
),
counted AS (
    SELECT p.area_kind, p.area_code, p.period_kind, p.period, s.scope, p.item, sum(p.n)::INTEGER AS n_users
    FROM placed p JOIN scope s ON NOT list_contains(s.excluded, coalesce(p.industry_division, ''))
    GROUP BY ALL
)
SELECT *, coalesce(max(n_users) FILTER (scope = 'above_scale') OVER same - n_users, 0)::INTEGER AS n_between
FROM counted
WINDOW same AS (PARTITION BY area_kind, area_code, period_kind, period, item)
QUALIFY n_users < 3 OR n_between IN (1, 2)
