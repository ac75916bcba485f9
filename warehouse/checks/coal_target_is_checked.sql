-- table: coal.target_check
-- consequence: flag
-- zh: 煤炭目标没有核验结果
-- en: coal targets were not checked
SELECT t.target_id, t.area_name, t.stat_year FROM coal.target t ANTI JOIN coal.target_check c USING (target_id)
-- 尚无煤炭报表的库不核验目标 | without any coal form nothing is judged
WHERE EXISTS (SELECT 1 FROM ops.period_state s WHERE s.table_name = 'coal.target_check')
