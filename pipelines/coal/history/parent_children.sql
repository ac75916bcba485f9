-- 附件2 与地区合计：上级 × 1.2 不小于下级之和；同一文件内为错误，与库内数据相比为警告。
-- Attachment 2 and area totals: the parent times 1.2 is at least the sum of its children; an error within one file, a warning against what is kept.
WITH survey AS (
    SELECT true AS is_new, * FROM incoming_region_year
    UNION ALL BY NAME SELECT false AS is_new, * FROM coal.report_region_year
),
flat AS (
    SELECT is_new, sheet, sheet_row, stat_year::VARCHAR AS period,
        coalesce(county_code, county_name) AS county, coalesce(city_code, city_name) AS city, coalesce(province_code, province_name) AS province,
        unnest(['coal_total_t', 'raw_coal_t', 'washed_coal_t', 'other_coal_t', 'power_t', 'heat_t', 'washing_t', 'coking_t',
            'liquefaction_t', 'gasification_t', 'industry_t', 'feedstock_t', 'other_use_t', 'coke_t']) AS column_name,
        unnest([coal_total_t, raw_coal_t, washed_coal_t, other_coal_t, power_t, heat_t, washing_t, coking_t,
            liquefaction_t, gasification_t, industry_t, feedstock_t, other_use_t, coke_t]) AS quantity
    FROM survey
    UNION ALL
    SELECT true, a.sheet, a.sheet_row, concat_ws('|', a.period, a.scope, a.basis, a.exclusions),
        CASE a.area_kind WHEN 'county' THEN a.area_code END,
        CASE a.area_kind WHEN 'county' THEN c.city_code WHEN 'city' THEN a.area_code END,
        coalesce(p.province_code, a.area_code), 'quantity_t', a.quantity_t
    FROM incoming_area_use a LEFT JOIN ref.county c ON c.county_code = a.area_code
    LEFT JOIN ref.city p ON p.city_code = coalesce(c.city_code, a.area_code)
    WHERE a.area_kind IN ('county', 'city', 'province')
    UNION ALL
    SELECT false, NULL, NULL, concat_ws('|', a.period, a.scope, a.basis, a.exclusions),
        CASE a.area_kind WHEN 'county' THEN a.area_code END,
        CASE a.area_kind WHEN 'county' THEN c.city_code WHEN 'city' THEN a.area_code END,
        coalesce(p.province_code, a.area_code), 'quantity_t', a.quantity_t
    FROM coal.report_area_use a LEFT JOIN ref.county c ON c.county_code = a.area_code
    LEFT JOIN ref.city p ON p.city_code = coalesce(c.city_code, a.area_code)
    WHERE a.area_kind IN ('county', 'city', 'province')
),
once AS (
    SELECT period, province, city, county, column_name, bool_or(is_new) AS is_new, min(sheet) AS sheet, min(sheet_row) AS sheet_row,
        coalesce(max(quantity) FILTER (is_new), max(quantity)) AS quantity
    FROM flat GROUP BY ALL
),
pairs AS (
    SELECT p.*, c.is_new AS child_new, c.sheet AS child_sheet, c.sheet_row AS child_row, c.quantity AS child
    FROM once p JOIN once c ON c.period = p.period AND c.column_name = p.column_name AND c.city = p.city AND c.county IS NOT NULL
    WHERE p.city IS NOT NULL AND p.county IS NULL
    UNION ALL
    SELECT p.*, c.is_new, c.sheet, c.sheet_row, c.quantity
    FROM once p JOIN once c ON c.period = p.period AND c.column_name = p.column_name AND c.province = p.province AND c.city IS NOT NULL AND c.county IS NULL
    WHERE p.city IS NULL
),
families AS (
    SELECT period, province, city, column_name, is_new, sheet, sheet_row, quantity, count(*) AS n, sum(child) AS children,
        bool_and(child_new) AND is_new AS one_file, bool_or(child_new) OR is_new AS touched,
        min(child_sheet) FILTER (child_new) AS child_sheet, min(child_row) FILTER (child_new) AS child_row
    FROM pairs GROUP BY period, province, city, column_name, is_new, sheet, sheet_row, quantity
)
SELECT CASE WHEN one_file THEN 'parent_below_children' ELSE 'parent_below_children_kept' END AS rule,
    coalesce(sheet, child_sheet) AS sheet, coalesce(sheet_row, child_row) AS sheet_row, column_name,
    quantity || ' t × ' || $parent_factor || ' < ' || children || ' t (n = ' || n || ')' AS found
FROM families
WHERE touched AND quantity * $parent_factor::DECIMAL(9, 4) < children
