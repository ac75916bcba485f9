-- 企业年度用煤：每家企业一年用了多少煤？由各月（12 月累计）得出与取自附表1 年表的并存，互相核对。
-- Coal use by firm and year: from its months (the cumulative value of December), and from survey table 1; both are kept and compared.
--
-- 年表的系数为表内 标准量 ÷ 实物量，按各品种清单系数分摊不做；其他煤炭没有清单系数，折标为空，另有耗煤总量一行（product = 'coal_total'）。
-- The annual form gives standard coal for the total only: row 'coal_total' holds it; products are converted by the list, other coal has no factor there.
WITH rule AS (
    SELECT product, coalesce(max(factor_list) FILTER (form = 'firm_year'), max(factor_list) FILTER (form = '*')) AS factor_list
    FROM ref.coal_factor_rule WHERE form IN ('*', 'firm_year') AND valid_to IS NULL GROUP BY product
),
list AS (
    SELECT r.product, r.factor_list, f.tce_per_unit::DECIMAL(10, 6) AS factor FROM rule r
    JOIN ref.coal_factor f ON f.factor_list = r.factor_list AND f.product = r.product AND f.variant = 'default' AND f.unit = 't' AND f.valid_to IS NULL
),
counted AS (
    SELECT credit_code, stat_year, product, count(use_t) AS n_months,
        sum(industrial_t) AS industrial_t, sum(non_industrial_t) AS non_industrial_t, sum(transport_t) AS transport_t,
        CASE WHEN count(DISTINCT factor_list) = 1 THEN min(factor_list) END AS factor_list,
        CASE WHEN count(DISTINCT factor_basis) = 1 THEN min(factor_basis) END AS factor_basis,
        min(CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END) AS rank
    FROM coal.use_month GROUP BY ALL
),
from_months AS (
    SELECT d.credit_code, d.stat_year, d.product, 'months' AS origin,
        CASE c.rank WHEN 3 THEN 'revised' WHEN 2 THEN 'annual' ELSE 'flash' END AS vintage,
        d.province_code, d.city_code, d.county_code, d.industry_division, d.listed, d.exclusion_tag,
        d.ytd_use_t AS use_t, CASE WHEN c.n_months = 12 THEN c.industrial_t END AS industrial_t, d.ytd_feedstock_t AS feedstock_t,
        CASE WHEN c.n_months = 12 THEN c.non_industrial_t END AS non_industrial_t, CASE WHEN c.n_months = 12 THEN c.transport_t END AS transport_t,
        d.ytd_factor AS factor, c.factor_list, c.factor_basis, d.ytd_use_tce AS use_tce, d.ytd_feedstock_tce AS feedstock_tce,
        c.n_months::INTEGER AS n_months, NULL::VARCHAR AS sha256
    FROM coal.use_month d JOIN counted c USING (credit_code, stat_year, product)
    WHERE d.month = d.stat_year || '-12' AND d.ytd_use_t IS NOT NULL
),
survey AS (
    SELECT * FROM coal.report_firm_year
    QUALIFY row_number() OVER (PARTITION BY credit_code, stat_year
        ORDER BY CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END DESC) = 1
),
flat AS (
    SELECT credit_code, stat_year, vintage, province_code, city_code, county_code, industry_division, sha256,
        unnest(['coal_total', 'raw_coal', 'washed_coal', 'other_coal', 'coke']) AS product,
        unnest([coal_t, raw_coal_t, washed_coal_t, other_coal_t, coke_t]) AS use_t,
        unnest([feedstock_t, NULL, NULL, NULL, NULL]) AS feedstock_t,
        unnest([coal_tce, NULL, NULL, NULL, NULL]) AS given_tce
    FROM survey
)
SELECT * FROM from_months
UNION ALL BY NAME
SELECT s.credit_code, s.stat_year, s.product, 'annual_form' AS origin, s.vintage,
    coalesce(f.province_code, s.province_code) AS province_code, coalesce(f.city_code, s.city_code) AS city_code,
    coalesce(f.county_code, s.county_code) AS county_code, coalesce(f.industry_division, s.industry_division) AS industry_division,
    coalesce(f.above_scale, true) AND coalesce(f.listed_from, DATE '0001-01-01') <= make_date(s.stat_year, 12, 31)
        AND coalesce(f.listed_until, DATE '9999-12-31') >= make_date(s.stat_year, 1, 1) AS listed,
    f.exclusion_tag, s.use_t, s.feedstock_t,
    coalesce(l.factor, CASE WHEN s.use_t <> 0 THEN round(s.given_tce / s.use_t, 6) END)::DECIMAL(10, 6) AS factor,
    l.factor_list, CASE WHEN l.factor IS NOT NULL THEN 'list' WHEN s.given_tce IS NOT NULL THEN 'reported' END AS factor_basis,
    coalesce(s.given_tce, round(s.use_t::DECIMAL(28, 4) * l.factor, 6), CASE WHEN s.use_t = 0 THEN 0 END)::DECIMAL(22, 6) AS use_tce,
    CASE WHEN s.use_t <> 0 THEN round(s.feedstock_t::DECIMAL(19, 4) * s.given_tce / s.use_t, 6) END::DECIMAL(22, 6) AS feedstock_tce,
    s.sha256
FROM flat s LEFT JOIN list l USING (product) LEFT JOIN coal.firm f USING (credit_code)
WHERE s.use_t IS NOT NULL
