-- table: coal.target
-- consequence: block
-- zh: 煤炭目标编号重复
-- en: a coal target occurs twice
SELECT target_id, count(*) AS n_rows FROM coal.target GROUP BY target_id HAVING count(*) > 1
