-- table: coal.inspection
-- consequence: block
-- zh: 抽样编号重复
-- en: a sample was given twice
SELECT sample_id FROM coal.inspection GROUP BY ALL HAVING count(*) > 1
