-- columns: target_id, area_code, area_name, stat_year, kind, scope, basis, target, target_pct, target_state, baseline_year, document_no, clause, source, verified
-- optional: coal.target
-- 公开文件中的煤炭目标 | coal targets of public documents [10^4 t, %]
SELECT target_id, area_code, area_name, stat_year, kind, scope, coalesce(basis, 't') AS basis, target_t::DOUBLE / 10000 AS target, target_pct::DOUBLE AS target_pct,
    target_state, baseline_year, document_no, clause, source, verified
FROM coal.target ORDER BY stat_year DESC, area_code, target_id
