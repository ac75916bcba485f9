-- columns: check_name, table_name, consequence, passed, n_bad, detail_zh, detail_en
-- optional: ops.check_result
-- 每项检查最近一次的结果，未通过的在前 | latest result of every check, failures first
SELECT check_name, table_name, consequence, passed, n_bad, detail_zh, detail_en FROM ops.check_result
ORDER BY passed, list_position(['block', 'flag', 'note'], consequence), check_name
