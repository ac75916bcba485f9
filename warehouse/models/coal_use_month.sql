-- 企业月度用煤：每家企业每月每个品种用了多少煤、折多少标准煤？月值或由累计相减得出，只取最优的数据版本。
-- Coal use by firm and month: how much of each product, and in standard coal? From monthly values or differences of cumulative ones, best vintage only.
--
-- 版本：revised > annual > flash；同一时期的月值与累计各取最优。有月值即用月值；只有累计时 = 本月累计 − 上月累计。
-- 1 月未报而 2 月报累计：两个月都无法分开，状态 gap、数量为空，累计照用。
-- 企业当月报了表而未列某品种，即未用该品种：补 state = none 的零行，累计不中断；年中入统且此前未报的，累计自入统月起算。
-- 名录以外的企业按最近一次填报的地点归属，各月一致。
-- 系数：实测热值 ÷ 29307.6；否则按清单（ref.coal_factor_rule，先 energy_205_1 后 *）；清单没有的品种用填报系数。累计系数为加权平均。
-- Vintage: revised > annual > flash, for monthly and cumulative rows apart. A monthly value is used as it is; with cumulative values only, the difference.
-- January unreported and February cumulative: neither month can be told; state gap, amounts NULL, the cumulative value stays.
-- A firm that filed a month without a product used none of it: a row of state none with zero, so that the year to date goes on;
-- for a firm listed during the year that filed nothing before, the year to date begins with its listing.
-- A firm outside the directory lies, in all its months, where it last said it does.
-- Factor: measured value / 29307.6; else the named list (energy_205_1 before *); else the factor reported. The cumulative factor is the weighted mean.
WITH rule AS (
    SELECT product, coalesce(max(factor_list) FILTER (form = 'energy_205_1'), max(factor_list)) AS factor_list
    FROM ref.coal_factor_rule WHERE form IN ('*', 'energy_205_1') AND valid_to IS NULL GROUP BY product
),
list AS (
    SELECT r.product, r.factor_list, f.tce_per_unit::DECIMAL(10, 6) AS factor FROM rule r
    JOIN ref.coal_factor f ON f.factor_list = r.factor_list AND f.product = r.product AND f.variant = 'default' AND f.unit = 't' AND f.valid_to IS NULL
),
filled AS (
    SELECT credit_code, product, month, left(month, 4)::INTEGER AS stat_year, right(month, 2)::INTEGER AS m, period_kind, vintage,
        use_t, industrial_t, feedstock_t, non_industrial_t, transport_t, qnet_ar_kj_kg, factor_used, province_code, city_code, county_code, sha256
    FROM coal.report_energy
    WHERE use_t IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY credit_code, product, month, period_kind
        ORDER BY CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END DESC) = 1
),
-- months a firm filed, and its products not listed in all of them | 企业报了表的月份；未逐月列出的品种
filed AS (
    SELECT credit_code, stat_year, m, any_value(month) AS month, min(sha256) AS sha256,
        CASE max(CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END) WHEN 3 THEN 'revised' WHEN 2 THEN 'annual' ELSE 'flash' END AS vintage
    FROM filled GROUP BY credit_code, stat_year, m
),
broken AS (
    SELECT p.credit_code, p.stat_year, p.product
    FROM (SELECT credit_code, stat_year, product, count(DISTINCT m) AS n FROM filled GROUP BY ALL) p
    JOIN (SELECT credit_code, stat_year, count(*) AS n FROM filed GROUP BY ALL) f USING (credit_code, stat_year)
    WHERE p.n < f.n
),
best AS (
    SELECT *, false AS is_none FROM filled
    UNION ALL BY NAME
    SELECT b.credit_code, b.product, f.month, b.stat_year, f.m, 'month' AS period_kind, f.vintage,
        0 AS use_t, 0 AS industrial_t, 0 AS feedstock_t, 0 AS non_industrial_t, 0 AS transport_t, f.sha256, true AS is_none
    FROM broken b JOIN filed f USING (credit_code, stat_year)
    ANTI JOIN coal.report_energy l ON l.credit_code = b.credit_code AND l.product = b.product AND l.month = f.month
),
-- the month a firm listed during a year begins with, where it filed nothing before | 年中入统企业的起始月
start AS (
    SELECT f.credit_code, year(f.listed_from) AS stat_year, month(f.listed_from) AS first_m FROM coal.firm f
    WHERE coalesce(f.above_scale, true) AND month(f.listed_from) > 1
        AND NOT EXISTS (SELECT 1 FROM filed e WHERE e.credit_code = f.credit_code AND e.stat_year = year(f.listed_from) AND e.m < month(f.listed_from))
),
-- where a firm said last that it lies | 最近一次填报的地点
place AS (
    SELECT credit_code, max({'month': month, 'province': coalesce(province_code, ''), 'city': coalesce(city_code, ''), 'county': coalesce(county_code, '')}) AS told
    FROM filled WHERE city_code IS NOT NULL OR county_code IS NOT NULL GROUP BY credit_code
),
converted AS (
    SELECT b.*,
        CASE WHEN qnet_ar_kj_kg > 0 THEN 'measured' WHEN l.factor IS NOT NULL THEN 'list' WHEN factor_used IS NOT NULL THEN 'reported' END AS factor_basis,
        CASE WHEN qnet_ar_kj_kg > 0 THEN NULL ELSE l.factor_list END AS factor_list,
        CASE WHEN qnet_ar_kj_kg > 0 THEN round(qnet_ar_kj_kg / 29307.6, 6)::DECIMAL(10, 6)
            ELSE coalesce(l.factor, factor_used::DECIMAL(10, 6)) END AS factor
    FROM best b LEFT JOIN list l USING (product)
),
valued AS (
    SELECT *, CASE WHEN use_t = 0 THEN 0 ELSE round(use_t::DECIMAL(20, 4) * factor, 6) END::DECIMAL(22, 6) AS use_tce,
        CASE WHEN feedstock_t = 0 THEN 0 ELSE round(feedstock_t::DECIMAL(20, 4) * factor, 6) END::DECIMAL(22, 6) AS feedstock_tce
    FROM converted
),
totals AS (SELECT * FROM valued WHERE period_kind = 'ytd'),
-- years of a firm without any cumulative value need no splitting | 没有累计值的年份不必拆分
plain AS (
    SELECT *, m - coalesce(first_m - 1, 0) = row_number() OVER year AS unbroken,
        sum(use_t) OVER year AS c_use, sum(use_tce) OVER year AS c_tce, count(use_tce) OVER year = count(*) OVER year AS has_tce,
        sum(feedstock_t) OVER year AS c_feedstock, sum(feedstock_tce) OVER year AS c_feedstock_tce, count(feedstock_t) OVER year = count(*) OVER year AS has_feedstock
    FROM (FROM valued ANTI JOIN totals USING (credit_code, product, stat_year)) LEFT JOIN start USING (credit_code, stat_year)
    WINDOW year AS (PARTITION BY credit_code, product, stat_year ORDER BY m ROWS UNBOUNDED PRECEDING)
),
months AS (SELECT * FROM valued SEMI JOIN totals USING (credit_code, product, stat_year) WHERE period_kind = 'month'),
-- months a year's cumulative values speak of, up to the last of them | 有累计的年份：到最后一个累计月为止的各月
spelled AS (
    SELECT credit_code, product, stat_year, unnest(range(1, max(m) + 1))::INTEGER AS m FROM totals GROUP BY credit_code, product, stat_year
),
lines AS (
    SELECT credit_code, product, stat_year, m FROM months
    UNION SELECT credit_code, product, stat_year, m FROM spelled
),
-- every month beside the last cumulative value up to it | 每月连同其后方最近的累计
joined AS (
    SELECT l.credit_code, l.product, l.stat_year, l.m, n.month IS NOT NULL AS has_month, y.month IS NOT NULL AS has_ytd,
        n.use_t, n.industrial_t, n.feedstock_t, n.non_industrial_t, n.transport_t, n.use_tce, n.feedstock_tce, n.factor, n.factor_list, n.factor_basis,
        n.vintage AS month_vintage, n.sha256 AS month_sha, y.vintage AS ytd_vintage, y.sha256 AS ytd_sha,
        y.use_t AS y_use, y.industrial_t AS y_industrial, y.feedstock_t AS y_feedstock, y.non_industrial_t AS y_non_industrial, y.transport_t AS y_transport,
        coalesce(n.is_none, false) AS is_none, y.use_tce AS y_use_tce, y.feedstock_tce AS y_feedstock_tce, y.factor_list AS y_list, y.factor_basis AS y_basis,
        coalesce(n.province_code, y.province_code) AS province_code, coalesce(n.city_code, y.city_code) AS city_code, coalesce(n.county_code, y.county_code) AS county_code,
        count(y.month) OVER (year ROWS UNBOUNDED PRECEDING) AS anchor
    FROM lines l
    LEFT JOIN months n USING (credit_code, product, stat_year, m)
    LEFT JOIN totals y USING (credit_code, product, stat_year, m)
    WINDOW year AS (PARTITION BY credit_code, product, stat_year ORDER BY m)
),
-- cumulative value known at a month: the last one reported plus the months since, where none is missing | 已知累计
known AS (
    SELECT *,
        count(*) FILTER (has_month AND NOT has_ytd) OVER since
            = m - coalesce(max(m) FILTER (has_ytd) OVER since, 0) AS unbroken,
        coalesce(max(y_use) OVER since, 0) + coalesce(sum(use_t) FILTER (NOT has_ytd) OVER since, 0) AS c_use,
        coalesce(max(y_use_tce) OVER since, 0) + coalesce(sum(use_tce) FILTER (NOT has_ytd) OVER since, 0) AS c_use_tce,
        CASE WHEN bool_and(coalesce(y_feedstock, feedstock_t) IS NOT NULL) OVER since
            THEN coalesce(max(y_feedstock) OVER since, 0) + coalesce(sum(feedstock_t) FILTER (NOT has_ytd) OVER since, 0) END AS c_feedstock,
        CASE WHEN bool_and(coalesce(y_feedstock, feedstock_t) IS NOT NULL) OVER since
            THEN coalesce(max(y_feedstock_tce) OVER since, 0) + coalesce(sum(feedstock_tce) FILTER (NOT has_ytd) OVER since, 0) END AS c_feedstock_tce,
        CASE WHEN bool_and(coalesce(y_industrial, industrial_t) IS NOT NULL) OVER since
            THEN coalesce(max(y_industrial) OVER since, 0) + coalesce(sum(industrial_t) FILTER (NOT has_ytd) OVER since, 0) END AS c_industrial,
        CASE WHEN bool_and(coalesce(y_non_industrial, non_industrial_t) IS NOT NULL) OVER since
            THEN coalesce(max(y_non_industrial) OVER since, 0) + coalesce(sum(non_industrial_t) FILTER (NOT has_ytd) OVER since, 0) END AS c_non_industrial,
        CASE WHEN bool_and(coalesce(y_transport, transport_t) IS NOT NULL) OVER since
            THEN coalesce(max(y_transport) OVER since, 0) + coalesce(sum(transport_t) FILTER (NOT has_ytd) OVER since, 0) END AS c_transport,
        -- a year may be mixed of reported and empty parts: a total in standard coal needs every factor | 折标累计要求每段都有系数
        bool_and(CASE WHEN has_ytd THEN y_use_tce IS NOT NULL ELSE use_tce IS NOT NULL END) OVER since AS has_tce
    FROM joined
    WINDOW since AS (PARTITION BY credit_code, product, stat_year, anchor ORDER BY m ROWS UNBOUNDED PRECEDING)
),
stepped AS (
    SELECT *,
        CASE WHEN unbroken THEN c_use END AS ytd_use, CASE WHEN unbroken AND has_tce THEN c_use_tce END AS ytd_tce,
        CASE WHEN unbroken THEN c_feedstock END AS ytd_feedstock, CASE WHEN unbroken AND has_tce THEN c_feedstock_tce END AS ytd_feedstock_c,
        CASE WHEN unbroken THEN c_industrial END AS ytd_industrial, CASE WHEN unbroken THEN c_non_industrial END AS ytd_non_industrial,
        CASE WHEN unbroken THEN c_transport END AS ytd_transport
    FROM known
),
before AS (
    SELECT *,
        -- what was known the month before: nothing at the start of the year | 上月已知累计；年初为零
        m = 1 OR lag(m) OVER year = m - 1 AND lag(unbroken) OVER year AS splits,
        CASE WHEN m = 1 THEN 0 ELSE lag(ytd_use) OVER year END AS b_use, CASE WHEN m = 1 THEN 0 ELSE lag(ytd_tce) OVER year END AS b_tce,
        CASE WHEN m = 1 THEN 0 ELSE lag(ytd_feedstock) OVER year END AS b_feedstock,
        CASE WHEN m = 1 THEN 0 ELSE lag(ytd_feedstock_c) OVER year END AS b_feedstock_c,
        CASE WHEN m = 1 THEN 0 ELSE lag(ytd_industrial) OVER year END AS b_industrial,
        CASE WHEN m = 1 THEN 0 ELSE lag(ytd_non_industrial) OVER year END AS b_non_industrial,
        CASE WHEN m = 1 THEN 0 ELSE lag(ytd_transport) OVER year END AS b_transport
    FROM stepped WINDOW year AS (PARTITION BY credit_code, product, stat_year ORDER BY m)
),
split AS (
    SELECT credit_code, printf('%d-%02d', stat_year, m) AS month, product, stat_year,
        coalesce(month_vintage, ytd_vintage, lead(ytd_vintage IGNORE NULLS) OVER year) AS vintage,
        province_code, city_code, county_code, m,
        CASE WHEN is_none THEN 'none' WHEN has_month THEN 'reported' WHEN has_ytd AND splits THEN 'derived' ELSE 'gap' END AS state, has_ytd,
        CASE WHEN has_month THEN use_t WHEN has_ytd AND splits THEN y_use - b_use END AS use_t,
        CASE WHEN has_month THEN industrial_t WHEN has_ytd AND splits THEN y_industrial - b_industrial END AS industrial_t,
        CASE WHEN has_month THEN feedstock_t WHEN has_ytd AND splits THEN y_feedstock - b_feedstock END AS feedstock_t,
        CASE WHEN has_month THEN non_industrial_t WHEN has_ytd AND splits THEN y_non_industrial - b_non_industrial END AS non_industrial_t,
        CASE WHEN has_month THEN transport_t WHEN has_ytd AND splits THEN y_transport - b_transport END AS transport_t,
        CASE WHEN has_month THEN use_tce WHEN has_ytd AND splits THEN y_use_tce - b_tce END AS use_tce,
        CASE WHEN has_month THEN feedstock_tce WHEN has_ytd AND splits THEN y_feedstock_tce - b_feedstock_c END AS feedstock_tce,
        CASE WHEN has_month THEN factor END AS factor, CASE WHEN has_month THEN factor_list ELSE y_list END AS factor_list,
        CASE WHEN has_month THEN factor_basis ELSE y_basis END AS factor_basis,
        ytd_use, ytd_feedstock, ytd_tce, ytd_feedstock_c, coalesce(month_sha, ytd_sha, lead(ytd_sha IGNORE NULLS) OVER year) AS sha256
    FROM before WINDOW year AS (PARTITION BY credit_code, product, stat_year ORDER BY m)
    UNION ALL BY NAME
    SELECT credit_code, month, product, stat_year, vintage, province_code, city_code, county_code, m, CASE WHEN is_none THEN 'none' ELSE 'reported' END AS state, false AS has_ytd,
        use_t, industrial_t, feedstock_t, non_industrial_t, transport_t, use_tce, feedstock_tce, factor, factor_list, factor_basis,
        CASE WHEN unbroken THEN c_use END AS ytd_use, CASE WHEN unbroken AND has_feedstock THEN c_feedstock END AS ytd_feedstock,
        CASE WHEN unbroken AND has_tce THEN c_tce END AS ytd_tce,
        CASE WHEN unbroken AND has_tce AND has_feedstock THEN c_feedstock_tce END AS ytd_feedstock_c, sha256
    FROM plain
)
SELECT s.credit_code, s.month, s.product, s.vintage, s.stat_year,
    coalesce(f.province_code, nullif(l.told.province, ''), c.province_code) AS province_code, coalesce(f.city_code, nullif(l.told.city, '')) AS city_code,
    coalesce(f.county_code, CASE WHEN coalesce(f.city_code, l.told.city) = l.told.city THEN nullif(l.told.county, '') END) AS county_code, f.industry_division,
    -- the form is one of above-scale firms: a firm the directory does not know counts as listed | 该表即规上企业所填：名录所无者视为在统
    coalesce(f.above_scale, true)
        AND coalesce(f.listed_from, DATE '0001-01-01') <= last_day((s.month || '-01')::DATE)
        AND coalesce(f.listed_until, DATE '9999-12-31') >= (s.month || '-01')::DATE AS listed,
    f.exclusion_tag,
    s.use_t, s.industrial_t, s.feedstock_t, s.non_industrial_t, s.transport_t,
    s.ytd_use AS ytd_use_t, s.ytd_feedstock AS ytd_feedstock_t,
    coalesce(s.factor, CASE WHEN s.use_t <> 0 THEN round(s.use_tce / s.use_t, 6) END)::DECIMAL(10, 6) AS factor,
    s.factor_list, s.factor_basis, s.use_tce, s.feedstock_tce,
    s.ytd_tce AS ytd_use_tce, s.ytd_feedstock_c AS ytd_feedstock_tce,
    CASE WHEN s.ytd_use <> 0 THEN round(s.ytd_tce / s.ytd_use, 6) END::DECIMAL(10, 6) AS ytd_factor,
    s.state, s.has_ytd AS ytd_reported, s.sha256
FROM split s
LEFT JOIN coal.firm f USING (credit_code)
LEFT JOIN place l USING (credit_code)
LEFT JOIN (SELECT city_code, any_value(province_code) AS province_code FROM ref.city GROUP BY ALL) c ON c.city_code = coalesce(f.city_code, l.told.city)
