-- table: coal.report_energy
-- consequence: block
-- zh: 同一企业、月份、品种、版本有多行在用
-- en: more than one row in force of one firm, month, product and vintage
SELECT credit_code, month, period_kind, product, vintage, count(*) AS n FROM coal.report_energy GROUP BY ALL HAVING count(*) > 1
