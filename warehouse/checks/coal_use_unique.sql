-- table: coal.use_month
-- consequence: block
-- zh: 企业用煤有重复行
-- en: rows of coal use of one firm occur twice
SELECT credit_code, month AS period, product, count(*) AS n FROM coal.use_month GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT credit_code, stat_year::VARCHAR, product || ' ' || origin, count(*) FROM coal.use_year
GROUP BY credit_code, stat_year, product, origin HAVING count(*) > 1
