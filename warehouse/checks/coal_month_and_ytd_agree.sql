-- table: coal.use_month
-- consequence: flag
-- zh: 填报的累计与各月之和不符
-- en: the cumulative value reported is not the sum of the months
SELECT u.credit_code, u.month, u.product, u.ytd_use_t, sum(m.use_t) AS months_t
FROM coal.use_month u JOIN coal.use_month m ON m.credit_code = u.credit_code AND m.product = u.product AND m.stat_year = u.stat_year AND m.month <= u.month
WHERE u.ytd_reported GROUP BY ALL
HAVING count(m.use_t) = right(u.month, 2)::INTEGER
    AND abs(u.ytd_use_t - sum(m.use_t)) > (SELECT max(value) FROM ref.coal_rule WHERE rule = 'tolerance_t' AND valid_to IS NULL)
