-- table: coal.use_month
-- consequence: flag
-- zh: 在统企业在首末两月之间缺月
-- en: a listed firm lacks a month between its first and its last
WITH months AS (SELECT DISTINCT credit_code, month FROM coal.use_month),
steps AS (SELECT credit_code, month, lead(month) OVER (PARTITION BY credit_code ORDER BY month) AS next_month FROM months)
SELECT s.credit_code, s.month AS last_before, s.next_month AS first_after
FROM steps s LEFT JOIN coal.firm f USING (credit_code)
WHERE coalesce(f.above_scale, true) AND strftime((s.month || '-01')::DATE + INTERVAL 1 MONTH, '%Y-%m') < s.next_month
    AND coalesce(f.listed_until, DATE '9999-12-31') >= (s.month || '-01')::DATE + INTERVAL 1 MONTH
