-- 年表与地区表：与同一对象的上一年（期）、各月之和、耗煤能力相比，差约一万倍为单位错误，差数倍为突变；无从比较的单列。
-- Yearly and area forms: against the same subject's year (period) before, the sum of its months and its capacity.
WITH firm_year AS (
    SELECT true AS is_new, sheet, sheet_row, credit_code, stat_year, coal_t, coal_tce, feedstock_t, raw_coal_t, washed_coal_t, other_coal_t, coke_t FROM incoming_firm_year
    UNION ALL BY NAME SELECT false AS is_new, credit_code, stat_year, coal_t, coal_tce, feedstock_t, raw_coal_t, washed_coal_t, other_coal_t, coke_t FROM coal.report_firm_year
),
region_year AS (
    SELECT true AS is_new, sheet, sheet_row, province_code, province_name, city_code, city_name, county_code, county_name, stat_year,
        coal_total_t, raw_coal_t, washed_coal_t, other_coal_t, power_t, heat_t, coking_t, industry_t, coke_t FROM incoming_region_year
    UNION ALL BY NAME SELECT false AS is_new, province_code, province_name, city_code, city_name, county_code, county_name, stat_year,
        coal_total_t, raw_coal_t, washed_coal_t, other_coal_t, power_t, heat_t, coking_t, industry_t, coke_t FROM coal.report_region_year
),
equipment AS (
    SELECT true AS is_new, 'e' AS kind, sheet, sheet_row, credit_code, equipment_type, equipment_no, stat_year, coal_t FROM incoming_firm_equipment
    UNION ALL BY NAME SELECT false AS is_new, 'e' AS kind, credit_code, equipment_type, equipment_no, stat_year, coal_t FROM coal.report_equipment
    UNION ALL BY NAME SELECT true AS is_new, 'o' AS kind, sheet, sheet_row, credit_code, equipment_type, equipment_no, stat_year, coal_t FROM incoming_other_user
    UNION ALL BY NAME SELECT false AS is_new, 'o' AS kind, credit_code, equipment_type, equipment_no, stat_year, coal_t FROM coal.report_other_user
),
area_use AS (
    SELECT true AS is_new, sheet, sheet_row, area_kind, area_code, period, scope, basis, exclusions, quantity_t, same_period_t FROM incoming_area_use
    UNION ALL BY NAME SELECT false AS is_new, area_kind, area_code, period, scope, basis, exclusions, quantity_t, same_period_t FROM coal.report_area_use
),
flat AS (
    SELECT 'firm_year' AS form, is_new, sheet, sheet_row, credit_code AS subject, stat_year::VARCHAR AS period, credit_code, NULL AS beside_t,
        unnest(['coal_t', 'coal_tce', 'feedstock_t', 'raw_coal_t', 'washed_coal_t', 'other_coal_t', 'coke_t']) AS column_name,
        unnest([coal_t, coal_tce, feedstock_t, raw_coal_t, washed_coal_t, other_coal_t, coke_t]) AS quantity
    FROM firm_year
    UNION ALL
    SELECT 'region_year', is_new, sheet, sheet_row,
        concat_ws('|', coalesce(province_code, province_name), coalesce(city_code, city_name, '-'), coalesce(county_code, county_name, '-')),
        stat_year::VARCHAR, NULL, NULL,
        unnest(['coal_total_t', 'raw_coal_t', 'washed_coal_t', 'other_coal_t', 'power_t', 'heat_t', 'coking_t', 'industry_t', 'coke_t']),
        unnest([coal_total_t, raw_coal_t, washed_coal_t, other_coal_t, power_t, heat_t, coking_t, industry_t, coke_t])
    FROM region_year
    UNION ALL
    SELECT 'equipment', is_new, sheet, sheet_row, concat_ws('|', kind, credit_code, equipment_type, equipment_no), stat_year::VARCHAR, NULL, NULL, 'coal_t', coal_t
    FROM equipment
    UNION ALL
    -- months, cumulative values of one month, and years are three series | 月、同一截止月的累计、年各成序列
    SELECT 'area_use', is_new, sheet, sheet_row,
        concat_ws('|', area_kind, area_code, scope, basis, exclusions, CASE WHEN period LIKE '%..%' THEN 'ytd' || right(period, 2) ELSE length(period)::VARCHAR END),
        period, NULL, same_period_t, 'quantity_t', quantity_t
    FROM area_use
),
once AS (
    SELECT form, subject, period, column_name, bool_or(is_new) AS is_new, min(sheet) AS sheet, min(sheet_row) AS sheet_row,
        max(credit_code) AS credit_code, max(beside_t) FILTER (is_new) AS beside_t,
        coalesce(max(quantity) FILTER (is_new), max(quantity)) AS quantity
    FROM flat GROUP BY form, subject, period, column_name
),
months AS (
    SELECT credit_code, stat_year::VARCHAR AS period, sum(use_t) AS months_t
    FROM coal.use_year JOIN ref.coal_product USING (product)
    WHERE origin = 'months' AND n_months = 12 AND in_coal_total GROUP BY ALL
),
capacity AS (
    SELECT credit_code, max(capacity_t_per_month) * 12 AS capacity_t
    FROM (SELECT credit_code, capacity_t_per_month FROM incoming_firm UNION ALL
        SELECT credit_code, capacity_t_per_month FROM coal.firm) GROUP BY ALL
),
beside AS (
    SELECT *,
        coalesce(last_value(nullif(quantity, 0) IGNORE NULLS) OVER (series ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
            first_value(nullif(quantity, 0) IGNORE NULLS) OVER (series ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)) AS prior_t
    FROM once WINDOW series AS (PARTITION BY form, subject, column_name ORDER BY period)
),
told AS (
    SELECT b.*, list_filter([quantity / prior_t, quantity / nullif(beside_t, 0), quantity / nullif(m.months_t, 0), quantity / nullif(c.capacity_t, 0)],
        lambda r: r IS NOT NULL) AS ratios
    FROM beside b
    LEFT JOIN months m ON m.credit_code = b.credit_code AND m.period = b.period AND b.column_name = 'coal_t'
    LEFT JOIN capacity c ON c.credit_code = b.credit_code AND b.column_name = 'coal_t'
    WHERE is_new AND quantity > 0
),
judged AS (
    SELECT *, len(ratios) > 0 AND greatest(quantity, quantity / list_max(ratios)) >= 1 AND (list_min(ratios) >= $unit_error_ratio / $unit_error_band
        OR list_max(ratios) <= $unit_error_band / $unit_error_ratio) AS unit_error
    FROM told
)
SELECT CASE WHEN unit_error THEN 'unit_error' WHEN len(ratios) = 0 THEN 'unit_unchecked' ELSE 'jump' END AS rule,
    sheet, sheet_row, column_name,
    concat_ws('; ', quantity || ' t', '上期 prior ' || prior_t || ' t', '表列同期 as printed ' || beside_t || ' t') AS found
FROM judged
WHERE unit_error OR len(ratios) = 0
    OR (greatest(quantity, prior_t) >= $jump_minimum_t AND (quantity / prior_t > $jump_ratio OR quantity / prior_t < 1 / $jump_ratio))
