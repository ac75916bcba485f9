-- 地区煤炭平衡（地区填报）：附件2、分地区合计表所报的数，以及下级填报之和；散煤由附表2 与村级台账加总。
-- Balance of an area as reported: survey attachment 2 and area totals, sums of the areas below, and scattered coal from table 2 and villages.
--
-- 市 = 全部区县之和、省 = 全部市之和，缺一即不列；区域 = 名单内各市之和，缺者 complete 为假。韩城、杨陵含在市内，不再相加。
-- 写了区县名而不识其代码的行不属任何合计，绝不当作全市；行的“全市、合计”由读表时去除。单元与区县同码者互为一行。
-- 散煤 = 附表2 中非工业、且不在规上名录的用煤 + 村级台账剩余用煤；品种未知，不折标。同期一列：该时段没有自己的报表时采用。
-- A city is the sum of all its counties, a province of all its cities, else there is no row; a region sums the members there, incomplete where one is missing.
-- A row that names a county whose code is not known is in no sum and never the city's own. A unit and the county of the same code stand for each other.
-- Scattered coal: non-industrial users of table 2 that are not listed firms, plus coal still used in villages; product unknown, hence no standard coal.
WITH rule AS (
    SELECT product, coalesce(max(factor_list) FILTER (form = 'region_year'), max(factor_list) FILTER (form = '*')) AS factor_list
    FROM ref.coal_factor_rule WHERE form IN ('*', 'region_year') AND valid_to IS NULL GROUP BY product
),
list AS (
    SELECT r.product, r.factor_list, f.tce_per_unit AS factor FROM rule r
    JOIN ref.coal_factor f ON f.factor_list = r.factor_list AND f.product = r.product AND f.variant = 'default' AND f.unit = 't' AND f.valid_to IS NULL
),
survey AS (
    SELECT *, coalesce(county_code, CASE WHEN city_code IN (SELECT unit_id FROM ref.assessment_unit) THEN city_code END) AS county,
        CASE WHEN county_code IS NOT NULL THEN 'county' WHEN city_code IN (SELECT unit_id FROM ref.assessment_unit) THEN 'county'
            WHEN coalesce(trim(county_name), '') <> '' THEN NULL WHEN city_code IS NOT NULL THEN 'city'
            WHEN coalesce(trim(city_name), '') = '' THEN 'province' END AS area_kind
    FROM coal.report_region_year
    QUALIFY row_number() OVER (
        PARTITION BY province_code, coalesce(county_code, city_code, '-'), coalesce(city_code, city_name, '-'), coalesce(county_code, county_name, '-'), stat_year
        ORDER BY CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END DESC) = 1
),
flat AS (
    SELECT area_kind, CASE area_kind WHEN 'county' THEN county WHEN 'city' THEN city_code ELSE province_code END AS area_code, stat_year, vintage,
        unnest(['raw_coal', 'washed_coal', 'other_coal', 'coke', 'coal_total', 'feedstock', 'use:power', 'use:heat', 'use:washing', 'use:coking',
            'use:liquefaction', 'use:gasification', 'use:industry', 'use:other']) AS item,
        unnest([raw_coal_t, washed_coal_t, other_coal_t, coke_t, coal_total_t, feedstock_t, power_t, heat_t, washing_t, coking_t,
            liquefaction_t, gasification_t, industry_t, other_use_t]) AS quantity_t
    FROM survey WHERE area_kind IS NOT NULL
),
converted AS (
    SELECT f.*, l.factor_list, CASE WHEN f.quantity_t = 0 THEN 0 ELSE round(f.quantity_t::DECIMAL(28, 4) * l.factor, 6) END::DECIMAL(22, 6) AS tce
    FROM flat f LEFT JOIN list l ON l.product = f.item
),
totals AS (
    SELECT area_kind, area_code, stat_year, string_agg(DISTINCT factor_list, ';' ORDER BY factor_list) AS lists,
        CASE WHEN count(tce) = 3 THEN sum(tce) END AS total_tce
    FROM converted WHERE item IN ('raw_coal', 'washed_coal', 'other_coal') GROUP BY ALL
),
from_survey AS (
    SELECT c.area_kind, c.area_code, 'year' AS period_kind, c.stat_year::VARCHAR AS period, c.stat_year, 'society' AS scope, c.item, '' AS exclusions,
        c.quantity_t, CASE c.item WHEN 'coal_total' THEN t.total_tce ELSE c.tce END AS quantity_tce, c.vintage,
        CASE c.item WHEN 'coal_total' THEN t.lists ELSE c.factor_list END AS factor_list, false AS printed_beside, 2 AS priority
    FROM converted c JOIN totals t USING (area_kind, area_code, stat_year)
    WHERE c.quantity_t IS NOT NULL AND c.area_code IS NOT NULL
),
area AS (
    SELECT * FROM coal.report_area_use WHERE quantity_t IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY area_kind, area_code, period, scope, basis, exclusions
        ORDER BY CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END DESC) = 1
),
beside AS (
    SELECT area_kind, area_code, period, scope, exclusions, basis, quantity_t, vintage, false AS printed_beside, 3 AS priority FROM area
    UNION ALL
    SELECT area_kind, area_code, (left(period, 4)::INTEGER - 1) || substr(period, 5), scope, exclusions, basis, same_period_t, vintage, true, 1
    FROM area WHERE same_period_t IS NOT NULL
),
from_area AS (
    SELECT area_kind, area_code, CASE WHEN length(period) = 4 THEN 'year' WHEN period LIKE '%..%' THEN 'ytd' ELSE 'month' END AS period_kind,
        period, left(period, 4)::INTEGER AS stat_year, scope, 'coal_total' AS item, exclusions,
        max(quantity_t) FILTER (basis = 't') AS quantity_t, max(quantity_t) FILTER (basis = 'tce')::DECIMAL(22, 6) AS quantity_tce,
        CASE min(CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END) WHEN 3 THEN 'revised' WHEN 2 THEN 'annual' ELSE 'flash' END AS vintage,
        NULL AS factor_list, printed_beside, priority
    FROM beside GROUP BY ALL
),
winners AS (
    SELECT * FROM (FROM from_survey UNION ALL BY NAME FROM from_area)
    QUALIFY row_number() OVER (PARTITION BY area_kind, area_code, period, scope, item, exclusions
        ORDER BY printed_beside, CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END DESC, priority DESC) = 1
),
reported AS (
    SELECT * FROM winners
    UNION ALL
    -- a unit that reports as a county shows in both places, and is in neither sum twice | 单元与区县同码者两处都列
    SELECT w.* REPLACE ('unit' AS area_kind) FROM winners w
    WHERE area_kind = 'county' AND area_code IN (SELECT unit_id FROM ref.assessment_unit)
        AND NOT EXISTS (SELECT 1 FROM winners u WHERE u.area_kind = 'unit' AND u.area_code = w.area_code AND u.period = w.period
            AND u.scope = w.scope AND u.item = w.item AND u.exclusions = w.exclusions)
    UNION ALL
    SELECT w.* REPLACE ('county' AS area_kind) FROM winners w
    WHERE area_kind = 'unit' AND area_code IN (SELECT county_code FROM ref.county)
        AND NOT EXISTS (SELECT 1 FROM winners c WHERE c.area_kind = 'county' AND c.area_code = w.area_code AND c.period = w.period
            AND c.scope = w.scope AND c.item = w.item AND c.exclusions = w.exclusions)
),
parents AS (
    SELECT 'county' AS child_kind, county_code AS child, 'city' AS area_kind, city_code AS area_code FROM ref.county WHERE valid_to IS NULL
    UNION ALL SELECT DISTINCT 'city', city_code, 'province', province_code FROM ref.city WHERE valid_to IS NULL
    UNION ALL SELECT DISTINCT 'city', area_code, 'region', region_id FROM ref.region_city WHERE role = 'city'
),
families AS (SELECT area_kind, area_code, count(DISTINCT child) AS n_expected FROM parents GROUP BY ALL),
children AS (
    SELECT p.area_kind, p.area_code, r.period_kind, r.period, r.stat_year, r.scope, r.item, r.exclusions, sum(r.quantity_t) AS quantity_t,
        CASE WHEN count(r.quantity_tce) = count(*) THEN sum(r.quantity_tce) END AS quantity_tce, count(r.quantity_t) AS n_t,
        CASE min(CASE r.vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END) WHEN 3 THEN 'revised' WHEN 2 THEN 'annual' ELSE 'flash' END AS vintage,
        string_agg(DISTINCT r.factor_list, ';' ORDER BY r.factor_list) AS factor_list, bool_or(r.printed_beside) AS printed_beside,
        count(*)::INTEGER AS n_firms, f.n_expected::INTEGER AS n_expected
    FROM reported r JOIN parents p ON p.child_kind = r.area_kind AND p.child = r.area_code
    JOIN families f ON f.area_kind = p.area_kind AND f.area_code = p.area_code
    GROUP BY p.area_kind, p.area_code, r.period_kind, r.period, r.stat_year, r.scope, r.item, r.exclusions, f.n_expected
),
users AS (
    SELECT u.stat_year, u.province_code, u.city_code, u.county_code, u.coal_t AS quantity_t FROM coal.report_other_user u
    LEFT JOIN coal.firm f USING (credit_code)
    WHERE coalesce(u.purpose, 'other') <> 'industry' AND u.coal_t IS NOT NULL AND NOT (coalesce(f.above_scale, false)
        AND coalesce(f.listed_from, DATE '0001-01-01') <= make_date(u.stat_year, 12, 31)
        AND coalesce(f.listed_until, DATE '9999-12-31') >= make_date(u.stat_year, 1, 1))
    UNION ALL
    SELECT stat_year, province_code, city_code, county_code, coal_remaining_t FROM coal.village WHERE coal_remaining_t IS NOT NULL
),
lying AS (
    SELECT *, 'county' AS area_kind, county_code AS area_code FROM users WHERE county_code IS NOT NULL
    UNION ALL SELECT *, 'unit', county_code FROM users WHERE county_code IN (SELECT unit_id FROM ref.assessment_unit)
    UNION ALL SELECT *, 'city', city_code FROM users WHERE city_code IS NOT NULL
    UNION ALL SELECT u.*, 'province', c.province_code FROM users u JOIN (SELECT DISTINCT city_code, province_code FROM ref.city) c USING (city_code)
    UNION ALL SELECT u.*, 'region', r.region_id FROM users u
        JOIN (SELECT DISTINCT region_id, area_code FROM ref.region_city WHERE role = 'city') r ON r.area_code = u.city_code
),
scattered AS (
    SELECT l.area_kind, l.area_code, stat_year, sum(quantity_t) AS quantity_t, count(*)::INTEGER AS n_firms,
        count(DISTINCT CASE l.area_kind WHEN 'city' THEN l.county_code ELSE l.city_code END) AS n_below, any_value(f.n_expected) AS n_expected
    FROM lying l LEFT JOIN families f ON f.area_kind = l.area_kind AND f.area_code = l.area_code GROUP BY ALL
)
SELECT area_kind, area_code, area_code AS perimeter, period_kind, period, stat_year, scope, item, 'reported' AS origin, exclusions,
    quantity_t::DECIMAL(18, 4) AS quantity_t, quantity_tce::DECIMAL(22, 6) AS quantity_tce, vintage, NULL::INTEGER AS n_firms, NULL::INTEGER AS n_expected,
    NULL::DOUBLE AS coverage_pct, true AS complete, factor_list,
    CASE scope WHEN 'above_scale_non_power' THEN 'as_reported' END AS scope_rule, printed_beside
FROM reported
UNION ALL
SELECT area_kind, area_code, area_code, period_kind, period, stat_year, scope, item, 'children', exclusions,
    CASE WHEN n_t = n_firms THEN quantity_t END::DECIMAL(18, 4), quantity_tce::DECIMAL(22, 6), vintage, n_firms, n_expected,
    100.0 * n_firms / n_expected, n_firms = n_expected, factor_list, CASE scope WHEN 'above_scale_non_power' THEN 'as_reported' END, printed_beside
FROM children WHERE area_kind = 'region' OR n_firms = n_expected
UNION ALL
SELECT area_kind, area_code, area_code, 'year', stat_year::VARCHAR, stat_year, 'scattered', 'coal_total', 'firms', '',
    quantity_t::DECIMAL(18, 4), NULL, 'annual', n_firms, NULL, NULL, area_kind IN ('county', 'unit') OR coalesce(n_below >= n_expected, false),
    NULL, NULL, false
FROM scattered
