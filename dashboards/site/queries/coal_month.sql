-- columns: target_id, month, amount, linear, profile
-- optional: coal.target_check, coal.balance
-- 每个目标各月累计与两条进度线：只列与核验结果一致者；实绩扣除目标的剔除项
-- Year to date of each target month by month with its two lines, only where they agree with the verdict [10^4 t or 10^4 tce]
WITH asked AS (
    SELECT target_id, area_kind, area_code, stat_year, scope, basis, line_form, origin, coalesce(actual_exclusions, '') AS left_out,
        limit_amount::DOUBLE AS limit_amount, target_amount::DOUBLE AS target_amount, baseline_year_amount::DOUBLE AS year_then,
        actual_amount::DOUBLE AS actual, achieved_amount::DOUBLE AS achieved, linear_amount::DOUBLE AS linear_amount, profile_amount::DOUBLE AS profile_amount,
        least(coalesce(months_elapsed, 12), 12) AS months,
        [replace(part, 'unit:', 'named:') FOR part IN string_split(left_out, ',') IF starts_with(part, 'unit:')] AS units
    FROM coal.target_check WHERE unit IN ('t', 'tce') AND line_form IS NOT NULL
),
-- units named as left out, in the restricted build only; one that is told apart in some month used nothing in the others
-- 点名剔除的单位只在限制级
named AS (
    SELECT a.target_id, b.item, b.stat_year, right(b.period, 2)::INTEGER AS month,
        CASE a.basis WHEN 'tce' THEN b.quantity_tce ELSE b.quantity_t END::DOUBLE AS amount
    FROM asked a JOIN coal.balance b ON b.area_kind = a.area_kind AND b.area_code = a.area_code AND b.scope = a.scope AND b.origin = a.origin
        AND b.period_kind = 'ytd' AND b.exclusions = '' AND list_contains(a.units, b.item)
),
known AS (SELECT target_id, count(DISTINCT item) AS n FROM named GROUP BY ALL),
named_month AS (SELECT target_id, stat_year, month, sum(amount) AS amount FROM named GROUP BY ALL),
item AS (
    SELECT area_kind, area_code, scope, origin, stat_year, right(period, 2)::INTEGER AS month,
        max(quantity_t) FILTER (item = 'coal_total')::DOUBLE AS total_t, max(quantity_tce) FILTER (item = 'coal_total')::DOUBLE AS total_tce,
        coalesce(max(quantity_t) FILTER (item = 'feedstock'), 0)::DOUBLE AS feedstock_t, coalesce(max(quantity_tce) FILTER (item = 'feedstock'), 0)::DOUBLE AS feedstock_tce,
        coalesce(max(quantity_t) FILTER (item = 'gangue'), 0)::DOUBLE AS gangue_t, coalesce(max(quantity_tce) FILTER (item = 'gangue'), 0)::DOUBLE AS gangue_tce
    FROM coal.balance WHERE period_kind = 'ytd' AND exclusions = '' AND item IN ('coal_total', 'feedstock', 'gangue') GROUP BY ALL
),
used AS (
    SELECT a.*, i.month, i.stat_year - a.stat_year AS back,
        CASE a.basis WHEN 'tce' THEN i.total_tce ELSE i.total_t END
        - CASE WHEN contains(left_out, 'feedstock') THEN CASE a.basis WHEN 'tce' THEN i.feedstock_tce ELSE i.feedstock_t END ELSE 0 END
        - CASE WHEN contains(left_out, 'gangue') THEN CASE a.basis WHEN 'tce' THEN i.gangue_tce ELSE i.gangue_t END ELSE 0 END
        - coalesce(n.amount, 0) AS used
    FROM asked a JOIN item i ON i.area_kind = a.area_kind AND i.area_code = a.area_code AND i.scope = a.scope AND i.origin = a.origin
        AND i.stat_year BETWEEN a.stat_year - 1 AND a.stat_year
    LEFT JOIN known k ON k.target_id = a.target_id
    LEFT JOIN named_month n ON n.target_id = a.target_id AND n.stat_year = i.stat_year AND n.month = i.month
    WHERE coalesce(k.n, 0) = len(a.units)
),
paired AS (
    SELECT t.*, n.used AS now FROM used t LEFT JOIN used n ON n.target_id = t.target_id AND n.month = t.month AND n.back = 0 AND t.month <= t.months
    WHERE t.back = -1
),
drawn AS (
    SELECT target_id, month, months, actual, achieved, linear_amount, profile_amount, line_form,
        CASE line_form WHEN 'reduction' THEN used - now ELSE now END AS amount,
        CASE line_form WHEN 'reduction' THEN target_amount ELSE limit_amount END * month / 12 AS linear,
        CASE line_form WHEN 'reduction' THEN target_amount ELSE limit_amount END * used / nullif(year_then, 0) AS profile
    FROM paired
)
SELECT target_id, month, amount / 10000 AS amount, linear / 10000 AS linear, profile / 10000 AS profile
FROM drawn
QUALIFY bool_and(month <> months OR coalesce(
    abs(amount - CASE line_form WHEN 'reduction' THEN achieved ELSE actual END) < 1 AND abs(linear - linear_amount) < 1
    AND coalesce(abs(profile - profile_amount) < 1, profile_amount IS NULL), false
)) OVER (PARTITION BY target_id) AND bool_or(month = months) OVER (PARTITION BY target_id)
ORDER BY target_id, month
