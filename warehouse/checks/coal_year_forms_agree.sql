-- table: coal.use_year
-- consequence: flag
-- zh: 企业年表与各月之和相差超过 1 %
-- en: a firm's annual form and the sum of its months differ by more than 1 %
WITH months AS (
    SELECT credit_code, stat_year, sum(use_t) AS months_t FROM coal.use_year JOIN ref.coal_product p USING (product)
    WHERE origin = 'months' AND p.in_coal_total AND p.valid_to IS NULL GROUP BY ALL
)
SELECT y.credit_code, y.stat_year, y.use_t AS annual_t, m.months_t
FROM coal.use_year y JOIN months m USING (credit_code, stat_year)
WHERE y.origin = 'annual_form' AND y.product = 'coal_total' AND abs(y.use_t - m.months_t) > 0.01 * greatest(y.use_t, m.months_t)
    AND abs(y.use_t - m.months_t) > (SELECT max(value) FROM ref.coal_rule WHERE rule = 'tolerance_t' AND valid_to IS NULL)
