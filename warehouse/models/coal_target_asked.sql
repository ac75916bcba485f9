-- 煤炭目标：要核验的全部目标，基准年空为上年；导入的目标未标是否核实，按本单位文件对待
-- Coal targets to be checked: the baseline year is the year before where none is stated; an imported target is the bureau's own
SELECT target_id, area_kind, area_code, area_name, stat_year, kind, scope, coalesce(basis, 't') AS basis, exclusions,
    target_t, target_pct, target_state, target_value, metric, coalesce(baseline_year, stat_year - 1) AS baseline_year, baseline_t,
    document_no, clause, source, coalesce(verified, sha256 IS NOT NULL) AS verified, sha256
FROM coal.target
ORDER BY target_id
