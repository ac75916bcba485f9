-- zh: 折标系数用的是实测、清单还是填报的，相差多少？
-- en: Which factors to standard coal were used, measured, listed or as reported, and how far do they differ?
-- class: restricted
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
-- 清单系数为本系统对该品种采用的清单 | the listed factor is that of the list taken for the product
WITH used AS (
    SELECT u.credit_code, u.product, u.factor_basis, any_value(u.city_code) AS city_code, any_value(u.factor_list) AS factor_list,
        sum(u.use_t) AS use_t, sum(u.use_tce) AS use_tce, count(*) AS n_months
    FROM coal.use_month u
    WHERE u.use_t > 0 AND u.stat_year = coalesce(getvariable('year')::INTEGER, (SELECT max(stat_year) FROM coal.use_month))
    GROUP BY ALL
),
reported AS (
    SELECT credit_code, product, avg(factor_used) AS factor_used, avg(qnet_ar_kj_kg) AS qnet_ar_kj_kg
    FROM coal.report_energy
    WHERE left(month, 4)::INTEGER = coalesce(getvariable('year')::INTEGER, (SELECT max(stat_year) FROM coal.use_month)) GROUP BY ALL
),
listed AS (
    SELECT r.product, r.factor_list, f.tce_per_unit
    FROM (SELECT product, coalesce(max(factor_list) FILTER (form = 'energy_205_1'), max(factor_list)) AS factor_list
        FROM ref.coal_factor_rule WHERE valid_to IS NULL AND form IN ('*', 'energy_205_1') GROUP BY product) r
    JOIN ref.coal_factor f ON f.factor_list = r.factor_list AND f.product = r.product AND f.variant = 'default' AND f.valid_to IS NULL
)
SELECT coalesce(c.name_zh, u.city_code) AS "城市", coalesce(f.firm_name, u.credit_code) AS "企业", p.name_zh AS "品种",
    CASE u.factor_basis WHEN 'measured' THEN '实测热值' WHEN 'list' THEN '清单' WHEN 'reported' THEN '填报系数' ELSE '无' END AS "系数依据",
    u.n_months AS "月数", round(u.use_t / 10000, 4) AS "用煤_万吨", round(u.use_tce / u.use_t, 4) AS "采用系数", l.tce_per_unit AS "清单系数",
    round(r.factor_used, 4) AS "填报系数", round(r.qnet_ar_kj_kg, 0) AS "实测热值_千焦每千克",
    round((u.use_tce / u.use_t / l.tce_per_unit - 1) * 100, 1) AS "与清单相差%", round((u.use_tce - u.use_t::DOUBLE * l.tce_per_unit) / 10000, 4) AS "折标量相差_万吨标准煤"
FROM used u
LEFT JOIN reported r USING (credit_code, product)
LEFT JOIN listed l ON l.product = u.product
LEFT JOIN ref.coal_product p ON p.product = u.product
LEFT JOIN coal.firm f ON f.credit_code = u.credit_code
LEFT JOIN ref.city c ON c.city_code = u.city_code
ORDER BY abs("折标量相差_万吨标准煤") DESC NULLS LAST, u.credit_code, u.product, u.factor_basis
