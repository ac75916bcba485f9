-- zh: 本月哪些企业没有报煤炭数，上次报是什么时候，缺了多少煤？
-- en: Which firms did not report this month, when did they last, and how much coal is missing?
-- class: restricted
-- parameter: month | 月份，如 2026-10；省略为最近一月 | month such as 2026-10; the newest without it
WITH asked AS (
    SELECT coalesce(getvariable('month')::VARCHAR, max(month)) AS month FROM coal.use_month
),
product AS (SELECT product FROM ref.coal_product WHERE in_coal_total),
said AS (
    SELECT u.credit_code, u.month, any_value(u.city_code) AS city_code, sum(u.use_t) FILTER (u.product IN (FROM product)) AS use_t
    FROM coal.use_month u WHERE u.state <> 'none' OR u.use_t IS NOT NULL GROUP BY ALL
),
last_said AS (
    SELECT s.credit_code, max(s.month) AS month, arg_max(s.use_t, s.month) AS use_t, arg_max(s.city_code, s.month) AS city_code
    FROM said s CROSS JOIN asked a WHERE s.month < a.month GROUP BY s.credit_code
)
SELECT coalesce(c.name_zh, l.city_code) AS "城市", coalesce(f.firm_name, l.credit_code) AS "企业", l.credit_code AS "统一社会信用代码",
    a.month AS "缺报月份", l.month AS "上次上报", round(l.use_t, 0) AS "上次用煤_吨", round(y.use_t, 0) AS "上年同月_吨",
    f.industry_division AS "行业大类", f.listed_until AS "退统日期"
FROM last_said l
CROSS JOIN asked a
LEFT JOIN said now ON now.credit_code = l.credit_code AND now.month = a.month
LEFT JOIN said y ON y.credit_code = l.credit_code
    AND y.month = (left(a.month, 4)::INTEGER - 1) || right(a.month, 3)
LEFT JOIN coal.firm f ON f.credit_code = l.credit_code
LEFT JOIN ref.city c ON c.city_code = l.city_code
WHERE now.credit_code IS NULL AND coalesce(f.listed_until, DATE '9999-12-31') >= (a.month || '-01')::DATE
ORDER BY "上年同月_吨" DESC NULLS LAST, "上次用煤_吨" DESC NULLS LAST, l.credit_code
