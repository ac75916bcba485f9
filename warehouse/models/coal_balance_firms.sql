-- 地区煤炭平衡（企业加总）：各区县、单元、市、省、区域的在统企业，每月、累计、每年用了多少煤？覆盖率多少？
-- Balance of an area as the sum of its listed firms: by month, cumulative and year, with how much of the expected use is covered.
--
-- 口径：above_scale 当期在统的企业；above_scale_non_power 按 ref.coal_scope_rule 的默认规则剔除行业大类（规则编号写在 scope_rule）。
-- 不重复计算：焦炭、兰炭在煤合计之外；原料用煤是工业的一部分，只另列；其中项（无烟煤等）不相加；
-- 洗选的投入与产出不能都算：行业 06 或附表1 有洗选用途的企业，其原煤按洗选占比列入 use:washing 而不计入煤合计，
-- 洗出的煤在用煤企业处计一次；占比取同年或最近较早一年的附表1，06 行业没有附表1 的取 1，其他取 0。
-- 附表1 的煤合计只按其中原煤扣减洗选部分；折标先扣清单折算的原煤，不超过合计。
-- 杨陵在咸阳内、韩城在渭南内：每家企业在每个范围内只加一次。
-- 年：附表1 版本更高、或没有全年各月时用附表1，否则用各月。覆盖率：未报者按最近一个月的用量，从未报过者按平均。
-- Scopes: firms listed in the period; non-power leaves out divisions by the default rule of ref.coal_scope_rule, named in scope_rule.
-- Counted once: coke and semi-coke stay outside total coal; feedstock is a part of industry; parts of raw coal are not added to it;
-- raw coal washed is listed as use:washing and not in total coal, since what is washed from it is counted where it is used.
-- Of the total of survey table 1 only its raw coal is taken as washed; in standard coal by the list, never more than the total.
-- The share washed is from survey table 1 of the year or the last before; without it 1 in division 06, else 0.
-- Coverage: firms missing weigh as much as in their last month known, those never seen as the mean.
WITH scope AS (
    SELECT 'above_scale' AS scope, NULL AS scope_rule, [] AS excluded
    UNION ALL
    SELECT scope, scope_rule, string_split(coalesce(excluded_divisions, ''), ';') FROM ref.coal_scope_rule
    WHERE scope = 'above_scale_non_power' AND is_default AND "by" = 'division' AND valid_to IS NULL
),
washed AS (
    SELECT credit_code, stat_year,
        coalesce(sum(input_t) FILTER (purpose = 'washing') / nullif(sum(input_t), 0), 0)::DOUBLE AS share
    FROM coal.report_firm_usage WHERE input_product = 'raw_coal' GROUP BY ALL
),
chosen AS (
    SELECT credit_code, stat_year,
        arg_max(origin, 10 * CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END + (origin = 'months')::INTEGER) AS origin
    FROM coal.use_year GROUP BY ALL
),
amounts AS (
    SELECT credit_code, 'month' AS period_kind, month AS period, stat_year, province_code, city_code, county_code, industry_division, exclusion_tag,
        product, use_t, use_tce, feedstock_t, feedstock_tce, vintage, factor_list, false AS annual
    FROM coal.use_month WHERE listed AND use_t IS NOT NULL
    UNION ALL
    SELECT credit_code, 'ytd', stat_year || '-01..' || right(month, 2), stat_year, province_code, city_code, county_code, industry_division, exclusion_tag,
        product, ytd_use_t, ytd_use_tce, ytd_feedstock_t, ytd_feedstock_tce, vintage, factor_list, false
    FROM coal.use_month WHERE listed AND ytd_use_t IS NOT NULL
    UNION ALL
    SELECT credit_code, 'year', stat_year::VARCHAR, stat_year, province_code, city_code, county_code, industry_division, exclusion_tag,
        product, use_t, use_tce, feedstock_t, feedstock_tce, vintage, factor_list, origin = 'annual_form'
    FROM coal.use_year JOIN chosen USING (credit_code, stat_year, origin) WHERE listed AND use_t IS NOT NULL
),
-- items of a product; the annual form has a row of its own for the total | 品种归入的项目；年表另有合计行
items AS (
    SELECT product, unnest(list_filter([
        CASE WHEN in_coal_total THEN 'coal_total' END,
        CASE WHEN in_coal_total AND survey_group IN ('raw_coal', 'washed_coal', 'other_coal') THEN survey_group END,
        CASE WHEN product = 'gangue' THEN 'gangue' END,
        CASE WHEN survey_group = 'coke' THEN 'coke' END,
        CASE WHEN product = 'semi_coke' THEN 'semi_coke' END], lambda item: item IS NOT NULL)) AS item
    FROM ref.coal_product WHERE valid_to IS NULL
    UNION ALL SELECT 'coal_total', 'coal_total'
),
shared AS (
    SELECT a.*,
        CASE a.product WHEN 'coal_total' THEN coalesce(max(a.use_t) FILTER (a.product = 'raw_coal') OVER form, a.use_t) ELSE a.use_t END AS raw_t,
        CASE a.product WHEN 'coal_total' THEN coalesce(max(a.use_tce) FILTER (a.product = 'raw_coal') OVER form, a.use_tce) ELSE a.use_tce END AS raw_tce,
        CASE WHEN p.survey_group = 'raw_coal' OR a.product = 'coal_total'
            THEN coalesce(w.share, CASE WHEN a.industry_division = '06' THEN 1 ELSE 0 END) ELSE 0 END AS wash
    FROM amounts a
    LEFT JOIN ref.coal_product p ON p.product = a.product AND p.valid_to IS NULL
    ASOF LEFT JOIN washed w ON w.credit_code = a.credit_code AND w.stat_year <= a.stat_year
    WINDOW form AS (PARTITION BY a.credit_code, a.period_kind, a.period)
),
parted AS (
    SELECT * EXCLUDE (wash, raw_t, raw_tce), round(least(raw_t, use_t) * wash, 4)::DECIMAL(18, 4) AS wash_t,
        round(coalesce(least(raw_tce, use_tce), CASE WHEN use_t = 0 THEN 0 END) * wash, 6)::DECIMAL(22, 6) AS wash_tce,
        coalesce(use_tce, CASE WHEN use_t = 0 THEN 0 END) AS tce
    FROM shared
),
-- firms of one place and kind added up first, since there are many | 先按地点与行业合并企业
grouped AS (
    SELECT period_kind, period, stat_year, province_code, city_code, county_code, industry_division, exclusion_tag, product, annual, factor_list,
        sum(use_t - wash_t) AS net_t, CASE WHEN count(tce) = count(*) THEN sum(tce - wash_tce) END AS net_tce,
        sum(wash_t) AS wash_t, CASE WHEN count(tce) = count(*) THEN sum(wash_tce) END AS wash_tce,
        sum(coalesce(feedstock_t, 0)) AS feedstock_t,
        CASE WHEN count(feedstock_tce) = count(feedstock_t) THEN coalesce(sum(feedstock_tce), 0) END AS feedstock_tce,
        min(CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END) AS rank
    FROM parted GROUP BY ALL
),
long AS (
    SELECT g.*, i.item, g.net_t AS quantity_t, g.net_tce AS quantity_tce FROM grouped g JOIN items i USING (product)
    WHERE NOT (g.annual AND i.item = 'coal_total' AND g.product <> 'coal_total')
    UNION ALL
    SELECT g.*, 'named:' || g.exclusion_tag, g.net_t, g.net_tce FROM grouped g JOIN items i USING (product)
    WHERE i.item = 'coal_total' AND g.exclusion_tag IS NOT NULL AND NOT (g.annual AND g.product <> 'coal_total')
    UNION ALL
    SELECT g.*, 'feedstock', g.feedstock_t, g.feedstock_tce FROM grouped g JOIN items i USING (product)
    WHERE i.item = 'coal_total' AND NOT (g.annual AND g.product <> 'coal_total')
    UNION ALL
    SELECT g.*, 'use:washing', g.wash_t, g.wash_tce FROM grouped g JOIN items i USING (product)
    WHERE i.item = 'coal_total' AND NOT (g.annual AND g.product <> 'coal_total')
    UNION ALL
    SELECT g.*, 'gangue', 0, 0 FROM grouped g JOIN items i USING (product)
    WHERE i.item = 'coal_total' AND g.product <> 'gangue' AND NOT (g.annual AND g.product <> 'coal_total')
    UNION ALL
    -- purposes are known from survey table 1 only, by year | 用途只有附表1 的年数
    SELECT 'year', stat_year::VARCHAR, stat_year, coalesce(f.province_code, y.province_code), coalesce(f.city_code, y.city_code),
        coalesce(f.county_code, y.county_code), coalesce(f.industry_division, y.industry_division), f.exclusion_tag, u.input_product, true, NULL,
        0, 0, 0, 0, 0, 0, 2, 'use:' || CASE WHEN u.purpose IN ('feedstock', 'burning') THEN 'industry' ELSE u.purpose END, u.input_t, NULL
    FROM coal.report_firm_usage u
    LEFT JOIN coal.firm f USING (credit_code)
    LEFT JOIN (SELECT credit_code, stat_year, max(province_code) AS province_code, max(city_code) AS city_code, max(county_code) AS county_code,
            max(industry_division) AS industry_division FROM coal.report_firm_year GROUP BY ALL) y USING (credit_code, stat_year)
    WHERE u.input_product IN ('raw_coal', 'washed_coal', 'other_coal') AND u.purpose <> 'washing' AND coalesce(f.above_scale, true)
),
-- every area a place lies in | 一个地点所在的各层地区
place AS (
    SELECT DISTINCT province_code, city_code, county_code FROM grouped
    UNION SELECT DISTINCT province_code, city_code, county_code FROM coal.firm
),
member AS (
    SELECT p.*, 'county' AS area_kind, county_code AS area_code, county_code AS perimeter FROM place p WHERE county_code IS NOT NULL
    UNION ALL SELECT p.*, 'unit', u.unit_id, u.unit_id FROM place p JOIN (SELECT DISTINCT unit_id FROM ref.assessment_unit) u ON u.unit_id = p.county_code
    UNION ALL SELECT p.*, 'city', city_code, city_code FROM place p WHERE city_code IS NOT NULL
    UNION ALL SELECT p.*, 'province', province_code, province_code FROM place p WHERE province_code IS NOT NULL
    UNION ALL SELECT p.*, 'region', r.region_id, r.region_id FROM place p
        JOIN (SELECT DISTINCT region_id, area_code FROM ref.region_city WHERE role = 'city') r ON r.area_code = p.city_code
),
summed AS (
    SELECT m.area_kind, m.area_code, m.perimeter, l.period_kind, l.period, l.stat_year, s.scope, s.scope_rule, l.item,
        sum(l.quantity_t) AS quantity_t, CASE WHEN count(l.quantity_tce) = count(*) THEN sum(l.quantity_tce) END AS quantity_tce,
        min(l.rank) AS rank, string_agg(DISTINCT l.factor_list, ';' ORDER BY l.factor_list) AS factor_list
    FROM long l
    JOIN member m ON m.county_code IS NOT DISTINCT FROM l.county_code AND m.city_code IS NOT DISTINCT FROM l.city_code
        AND m.province_code IS NOT DISTINCT FROM l.province_code
    JOIN scope s ON NOT list_contains(s.excluded, coalesce(l.industry_division, ''))
    GROUP BY ALL
),
-- coverage | 覆盖率
seen AS (
    SELECT credit_code, month, any_value(province_code) AS province_code, any_value(city_code) AS city_code, any_value(county_code) AS county_code,
        any_value(industry_division) AS industry_division, bool_or(listed) AS listed,
        CASE WHEN bool_and(use_t IS NOT NULL) THEN sum(CASE WHEN in_coal_total THEN use_t ELSE 0 END) END AS use_t,
        CASE WHEN bool_and(ytd_use_t IS NOT NULL) THEN sum(CASE WHEN in_coal_total THEN ytd_use_t ELSE 0 END) END AS ytd_use_t
    FROM coal.use_month JOIN ref.coal_product p USING (product) WHERE p.class = 'coal' AND p.valid_to IS NULL GROUP BY credit_code, month
),
calendar AS (SELECT DISTINCT month FROM seen),
firms AS (
    SELECT credit_code, coalesce(f.province_code, s.province_code) AS province_code, coalesce(f.city_code, s.city_code) AS city_code,
        coalesce(f.county_code, s.county_code) AS county_code, f.industry_division, listed_from, listed_until, above_scale
    FROM coal.firm f
    LEFT JOIN (SELECT DISTINCT credit_code, province_code, city_code, county_code FROM seen) s USING (credit_code)
    UNION ALL
    SELECT credit_code, min(province_code), min(city_code), min(county_code), min(industry_division), NULL, NULL, true
    FROM seen ANTI JOIN coal.firm USING (credit_code) GROUP BY credit_code
),
grid AS (
    SELECT f.credit_code, f.province_code, f.city_code, f.county_code, f.industry_division, c.month, s.use_t, s.ytd_use_t,
        coalesce(f.above_scale, true) AND coalesce(f.listed_from, DATE '0001-01-01') <= last_day((c.month || '-01')::DATE)
            AND coalesce(f.listed_until, DATE '9999-12-31') >= (c.month || '-01')::DATE AS listed,
        last_value(s.use_t IGNORE NULLS) OVER (PARTITION BY f.credit_code ORDER BY c.month ROWS UNBOUNDED PRECEDING) AS last_t
    FROM firms f CROSS JOIN calendar c LEFT JOIN seen s ON s.credit_code = f.credit_code AND s.month = c.month
),
yearly AS (
    SELECT credit_code, stat_year, sum(use_t) FILTER (product = 'coal_total' OR (origin = 'months' AND in_coal_total)) AS use_t
    FROM coal.use_year JOIN chosen USING (credit_code, stat_year, origin)
    LEFT JOIN (SELECT product, in_coal_total FROM ref.coal_product WHERE valid_to IS NULL) USING (product) GROUP BY ALL
),
expected AS (
    SELECT 'month' AS period_kind, month AS period, province_code, city_code, county_code, industry_division, use_t AS known_t, coalesce(use_t, last_t) AS weight
    FROM grid WHERE listed
    UNION ALL
    SELECT 'ytd', left(month, 4) || '-01..' || right(month, 2), province_code, city_code, county_code, industry_division, ytd_use_t,
        coalesce(ytd_use_t, last_t * right(month, 2)::INTEGER)
    FROM grid WHERE listed
    UNION ALL
    SELECT 'year', y.year::VARCHAR, f.province_code, f.city_code, f.county_code, f.industry_division, k.use_t, coalesce(k.use_t, g.last_t * 12)
    FROM firms f CROSS JOIN (SELECT DISTINCT stat_year AS year FROM coal.use_year) y
    LEFT JOIN yearly k ON k.credit_code = f.credit_code AND k.stat_year = y.year
    LEFT JOIN grid g ON g.credit_code = f.credit_code AND g.month = y.year || '-12'
    WHERE coalesce(f.above_scale, true) AND coalesce(f.listed_from, DATE '0001-01-01') <= make_date(y.year::INTEGER, 12, 31)
        AND coalesce(f.listed_until, DATE '9999-12-31') >= make_date(y.year::INTEGER, 12, 31)
),
places AS (
    SELECT period_kind, period, province_code, city_code, county_code, industry_division, count(*) AS n_expected, count(known_t) AS n_firms,
        count(weight) AS n_known, coalesce(sum(weight) FILTER (known_t IS NOT NULL), 0)::DOUBLE AS reported, coalesce(sum(weight), 0)::DOUBLE AS weight
    FROM expected GROUP BY ALL
),
covered AS (
    SELECT m.area_kind, m.area_code, p.period_kind, p.period, s.scope, sum(n_firms)::INTEGER AS n_firms, sum(n_expected)::INTEGER AS n_expected,
        CASE WHEN sum(weight) > 0 THEN 100 * sum(reported) * sum(n_known) / (sum(weight) * sum(n_expected))
            ELSE 100 * sum(n_firms) / sum(n_expected) END AS coverage_pct,
        count(DISTINCT p.city_code) FILTER (n_firms > 0) AS n_cities
    FROM places p
    JOIN member m ON m.county_code IS NOT DISTINCT FROM p.county_code AND m.city_code IS NOT DISTINCT FROM p.city_code
        AND m.province_code IS NOT DISTINCT FROM p.province_code
    JOIN scope s ON NOT list_contains(s.excluded, coalesce(p.industry_division, ''))
    GROUP BY ALL
),
cities AS (
    SELECT 'province' AS area_kind, province_code AS area_code, count(DISTINCT city_code) AS n FROM ref.city WHERE valid_to IS NULL GROUP BY ALL
    UNION ALL
    SELECT 'region', region_id, count(DISTINCT area_code) FROM ref.region_city WHERE role = 'city' GROUP BY ALL
)
SELECT s.area_kind, s.area_code, s.perimeter, s.period_kind, s.period, s.stat_year, s.scope, s.item, 'firms' AS origin, '' AS exclusions,
    s.quantity_t::DECIMAL(18, 4) AS quantity_t, s.quantity_tce::DECIMAL(22, 6) AS quantity_tce,
    CASE s.rank WHEN 3 THEN 'revised' WHEN 2 THEN 'annual' ELSE 'flash' END AS vintage,
    c.n_firms, c.n_expected, c.coverage_pct,
    coalesce(c.coverage_pct >= (SELECT max(value) FROM ref.coal_rule WHERE rule = 'coverage_pct' AND valid_to IS NULL)
        AND coalesce(c.n_cities >= n.n, true), false) AS complete,
    s.factor_list, s.scope_rule, false AS printed_beside
FROM summed s
LEFT JOIN covered c ON c.area_kind = s.area_kind AND c.area_code = s.area_code AND c.period_kind = s.period_kind AND c.period = s.period AND c.scope = s.scope
LEFT JOIN cities n ON n.area_kind = s.area_kind AND n.area_code = s.area_code
