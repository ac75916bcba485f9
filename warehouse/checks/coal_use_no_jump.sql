-- table: coal.use_month
-- consequence: flag
-- zh: 最近一月用煤量与上年同月相比变化过大
-- en: coal use of the newest month changed too much against the month a year before
WITH rule AS (
    SELECT max(value) FILTER (rule = 'jump_ratio') AS ratio, max(value) FILTER (rule = 'jump_minimum_t') AS minimum FROM ref.coal_rule WHERE valid_to IS NULL
),
newest AS (SELECT max(month) AS month FROM coal.use_month)
SELECT n.credit_code, n.month, n.product, b.use_t AS before_t, n.use_t
FROM coal.use_month n JOIN newest USING (month) CROSS JOIN rule r
JOIN coal.use_month b ON b.credit_code = n.credit_code AND b.product = n.product AND b.month = (n.stat_year - 1) || substr(n.month, 5)
WHERE n.state <> 'none' AND b.state <> 'none' AND greatest(n.use_t, b.use_t) >= r.minimum AND (n.use_t > b.use_t * r.ratio OR n.use_t * r.ratio < b.use_t)
