-- table: coal.use_month
-- consequence: flag
-- zh: 上月有数的在统企业本月缺报
-- en: a listed firm that reported last month is missing in the newest month
WITH newest AS (SELECT max(month) AS month FROM coal.use_month)
SELECT u.credit_code, any_value(u.city_code) AS city_code, n.month AS missing, sum(u.use_t) AS last_month_t
FROM coal.use_month u CROSS JOIN newest n LEFT JOIN coal.firm f USING (credit_code)
WHERE u.month = strftime((n.month || '-01')::DATE - INTERVAL 1 MONTH, '%Y-%m') AND u.listed AND u.use_t > 0
    AND coalesce(f.listed_until, DATE '9999-12-31') >= (n.month || '-01')::DATE
    AND u.credit_code NOT IN (SELECT credit_code FROM coal.use_month WHERE month = n.month)
GROUP BY u.credit_code, n.month
