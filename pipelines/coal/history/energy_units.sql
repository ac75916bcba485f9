-- 205-1：与同一企业的上期、上年同月、耗煤能力相比，差约一万倍为单位错误，差数倍为突变；无从比较的单列。
-- Form 205-1: against the firm's month before, the month a year before and its capacity: about 10^4 is a unit error, a few times a jump; what nothing can be compared with is named.
-- 各参照都指向同一方向、且不都小于 1 吨才算单位错误，以免误伤停产或季节性用煤 | a unit error only where every reference says so and not all are below 1 t, so that seasonal firms pass.
WITH span AS (
    SELECT printf('%d%s', left(min(month), 4)::INTEGER - 1, substr(min(month), 5)) AS first,
        printf('%d%s', left(max(month), 4)::INTEGER - 1, substr(max(month), 5)) AS year_before,
        strftime((min(month) || '-01')::DATE - INTERVAL 3 MONTH, '%Y-%m') AS near, max(month) AS newest,
        printf('%d%s', left(max(month), 4)::INTEGER + 1, substr(max(month), 5)) AS last
    FROM incoming_energy_205_1
),
fresh AS (
    SELECT sheet, sheet_row, credit_code, product, period_kind, month, use_t, city_code FROM incoming_energy_205_1
),
-- the months just before and the year before answer nearly every row; only those they do not answer are looked up further
-- 前三个月与上年同月足以比较绝大多数行，其余才往更远处找
close AS (
    SELECT credit_code, product, period_kind, month,
        arg_max(use_t, CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END) AS use_t
    FROM coal.report_energy, span
    WHERE (month BETWEEN span.near AND span.newest OR month BETWEEN span.first AND span.year_before)
        AND credit_code IN (SELECT credit_code FROM fresh)
    GROUP BY ALL
),
lonely AS (
    SELECT DISTINCT credit_code, product, period_kind FROM fresh
    ANTI JOIN (SELECT credit_code, product, period_kind FROM close, span WHERE use_t <> 0 AND month BETWEEN span.near AND span.newest)
        USING (credit_code, product, period_kind)
),
stored AS (
    SELECT * FROM close
    UNION
    SELECT credit_code, product, period_kind, month,
        arg_max(use_t, CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END)
    FROM coal.report_energy, span
    WHERE month BETWEEN span.first AND span.last AND (credit_code, product, period_kind) IN (FROM lonely)
    GROUP BY ALL
),
everything AS (
    SELECT f.*, true AS is_new FROM fresh f
    UNION ALL BY NAME
    SELECT s.*, false AS is_new FROM stored s ANTI JOIN fresh f USING (credit_code, product, period_kind, month)
),
beside AS (
    SELECT *,
        last_value(nullif(use_t, 0) IGNORE NULLS) OVER (before ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS prior_t,
        first_value(nullif(use_t, 0) IGNORE NULLS) OVER (before ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_t,
        lag(use_t) OVER before AS last_t,
        printf('%d%s', left(month, 4)::INTEGER - 1, substr(month, 5)) AS month_before
    FROM everything WINDOW before AS (PARTITION BY credit_code, product, period_kind ORDER BY month)
),
capacity AS (
    SELECT credit_code, max(capacity_t_per_month) AS capacity_t, bool_or(industry_division = '44') AS heats
    FROM (SELECT credit_code, capacity_t_per_month, industry_division FROM incoming_firm UNION ALL
        SELECT credit_code, capacity_t_per_month, industry_division FROM coal.firm) GROUP BY ALL
),
parent AS (
    SELECT area_code AS city_code, period AS month, max(quantity_t) AS parent_t
    FROM (SELECT area_code, period, quantity_t, area_kind, scope, basis, exclusions FROM coal.report_area_use
        UNION ALL SELECT area_code, period, quantity_t, area_kind, scope, basis, exclusions FROM incoming_area_use)
    WHERE area_kind = 'city' AND scope IN ('society', 'above_scale') AND basis = 't' AND exclusions = '' GROUP BY ALL
),
compared AS (
    SELECT b.sheet, b.sheet_row, b.period_kind, b.use_t, coalesce(b.prior_t, b.next_t) AS prior_t,
        nullif(y.use_t, 0) AS year_t, coalesce(c.heats, false) OR b.use_t = 0 AND (y.use_t = 0 OR b.last_t = 0) AS rests, nullif(c.capacity_t, 0) * CASE b.period_kind WHEN 'ytd' THEN right(b.month, 2)::INTEGER ELSE 1 END AS capacity_t,
        p.parent_t
    FROM beside b
    LEFT JOIN everything y ON y.credit_code = b.credit_code AND y.product = b.product AND y.period_kind = b.period_kind AND y.month = b.month_before
    LEFT JOIN capacity c ON c.credit_code = b.credit_code
    LEFT JOIN parent p ON p.city_code = b.city_code AND p.month = b.month AND b.period_kind = 'month'
    WHERE b.is_new AND b.use_t IS NOT NULL
),
judged AS (
    SELECT *,
        list_filter([use_t / prior_t, use_t / year_t, use_t / capacity_t], lambda r: r IS NOT NULL) AS ratios,
        use_t / coalesce(year_t, CASE WHEN period_kind = 'month' AND NOT coalesce(rests, false) THEN prior_t END) AS change,
        coalesce(year_t, CASE WHEN period_kind = 'month' AND NOT coalesce(rests, false) THEN prior_t END) AS change_from,
        -- a firm that rests (nothing last month, nothing a year before, or heat and power without a year before) is no jump | 停用期（上月、上年同月为零）及无上年同月的电热企业不算突变
        -- without the same month of last year the season is not known: only a change beyond the square is told | 无上年同月则不知季节，超过平方才提示
        CASE WHEN year_t IS NULL THEN $jump_ratio * $jump_ratio ELSE $jump_ratio END AS jump_ratio
    FROM compared
),
told AS (
    SELECT *, use_t > 0 AND (
        (len(ratios) > 0 AND greatest(use_t, use_t / list_max(ratios)) >= 1 AND (list_min(ratios) >= $unit_error_ratio / $unit_error_band
            OR list_max(ratios) <= $unit_error_band / $unit_error_ratio))
        OR use_t > parent_t * $unit_error_band AND parent_t > 0) AS unit_error
    FROM judged
)
SELECT CASE
        WHEN unit_error THEN 'unit_error'
        WHEN use_t > 0 AND len(ratios) = 0 THEN 'unit_unchecked'
        WHEN use_t > capacity_t * $capacity_ratio THEN 'above_capacity'
        ELSE 'jump' END AS rule,
    sheet, sheet_row, 'use_t' AS column_name,
    concat_ws('; ', use_t || ' t', '上期 prior ' || prior_t || ' t', '上年同期 year before ' || year_t || ' t',
        '能力 capacity ' || capacity_t || ' t', '所在市合计 city total ' || parent_t || ' t') AS found
FROM told
WHERE unit_error OR (use_t > 0 AND len(ratios) = 0) OR use_t > capacity_t * $capacity_ratio
    OR (greatest(use_t, change_from) >= $jump_minimum_t AND (change > jump_ratio OR change < 1 / jump_ratio))
