-- table: coal.inspection_item_check
-- consequence: block
-- zh: 同一样品同一限值判了两次
-- en: a limit was put to a sample twice
SELECT sample_id, standard, grade, condition, item, operator, count(*) AS n
FROM coal.inspection_item_check GROUP BY ALL HAVING count(*) > 1
