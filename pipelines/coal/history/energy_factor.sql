-- 205-1 系数与品种：采用系数与清单不同；其中项（无烟煤等）填了而原煤未填，总量会漏计。
-- Form 205-1, factors and products: the factor used differs from the list; a part of raw coal stands without raw coal, so that the total would miss it.
WITH rule AS (
    SELECT product, coalesce(max(factor_list) FILTER (form = 'energy_205_1'), max(factor_list)) AS factor_list
    FROM ref.coal_factor_rule WHERE form IN ('*', 'energy_205_1') AND valid_to IS NULL GROUP BY product
),
list AS (
    SELECT r.product, r.factor_list, f.tce_per_unit FROM rule r
    JOIN ref.coal_factor f ON f.factor_list = r.factor_list AND f.product = r.product AND f.variant = 'default' AND f.valid_to IS NULL
)
SELECT 'factor_differs' AS rule, sheet, sheet_row, 'factor_used' AS column_name,
    n.factor_used::DECIMAL(18, 4) || ' <> ' || l.tce_per_unit::DECIMAL(18, 4) || ' (' || l.factor_list || ')' AS found
FROM incoming_energy_205_1 n JOIN list l USING (product)
WHERE n.qnet_ar_kj_kg IS NULL AND abs(n.factor_used - l.tce_per_unit) >= 0.00005
UNION ALL
SELECT 'part_without_whole', sheet, sheet_row, 'product', n.product || ' ∈ ' || p.subset_of
FROM incoming_energy_205_1 n JOIN ref.coal_product p USING (product)
WHERE p.subset_of IS NOT NULL AND n.use_t > 0 AND NOT EXISTS (
    SELECT 1 FROM incoming_energy_205_1 w WHERE w.credit_code = n.credit_code AND w.month = n.month
        AND w.period_kind = n.period_kind AND w.product = p.subset_of)
