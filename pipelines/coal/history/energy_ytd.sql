-- 205-1 累计：累计不应低于上月累计；累计应等于各月之和（有全部各月时）。
-- Form 205-1, cumulative values: never below the month before; equal to the sum of the months where all are there.
WITH fresh AS (SELECT sheet, sheet_row, credit_code, product, period_kind, month, use_t FROM incoming_energy_205_1),
stored AS (
    SELECT credit_code, product, period_kind, month,
        arg_max(use_t, CASE vintage WHEN 'revised' THEN 3 WHEN 'annual' THEN 2 ELSE 1 END) AS use_t
    FROM coal.report_energy
    WHERE left(month, 4) IN (SELECT left(month, 4) FROM fresh) AND credit_code IN (SELECT credit_code FROM fresh)
        AND (EXISTS (SELECT 1 FROM fresh WHERE period_kind = 'ytd') OR period_kind = 'ytd')
    GROUP BY ALL
),
everything AS (
    SELECT f.*, true AS is_new FROM fresh f
    UNION ALL BY NAME
    SELECT s.*, false AS is_new FROM stored s ANTI JOIN fresh f USING (credit_code, product, period_kind, month)
),
ytd AS (
    SELECT *, lag(use_t) OVER series AS before_t, lag(month) OVER series AS before_month
    FROM everything WHERE period_kind = 'ytd'
    WINDOW series AS (PARTITION BY credit_code, product, left(month, 4) ORDER BY month)
),
summed AS (
    SELECT y.sheet, y.sheet_row, y.use_t, y.month, sum(m.use_t) AS months_t
    FROM ytd y JOIN everything m ON m.period_kind = 'month' AND m.credit_code = y.credit_code AND m.product = y.product
        AND left(m.month, 4) = left(y.month, 4) AND m.month <= y.month
    WHERE y.is_new GROUP BY ALL HAVING count(DISTINCT m.month) = right(y.month, 2)::INTEGER
)
SELECT 'ytd_falls' AS rule, sheet, sheet_row, 'use_t' AS column_name,
    month || ' ' || use_t || ' t < ' || before_month || ' ' || before_t || ' t' AS found
FROM ytd WHERE is_new AND use_t < before_t
UNION ALL
SELECT 'ytd_differs', sheet, sheet_row, 'use_t', '累计 cumulative ' || use_t || ' t; 各月之和 sum of months ' || months_t || ' t'
FROM summed WHERE abs(use_t - months_t) > $tolerance_t
