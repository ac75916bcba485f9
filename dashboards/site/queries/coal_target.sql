-- columns: target_id, area_kind, area_code, area_name, stat_year, kind, metric, scope, basis, unit, exclusions, actual_exclusions, baseline_exclusions, perimeter, baseline_perimeter, origin, baseline_origin, vintage, baseline_vintage, period, baseline_period, months_elapsed, year_finished, target_amount, target_pct, actual, baseline, baseline_year, change, change_pct, limit_amount, task, achieved, task_share_pct, linear_pct, profile_pct, linear, profile, line_form, ruling_line, used_pct, linear_of_limit_pct, profile_of_limit_pct, rest, rest_months, rest_month, projection_method, projected, projected_verdict, gross_change_pct, assessed_change_pct, other_change_pct, n_firms, n_expected, coverage_pct, verified, verdict, result, verdict_zh, verdict_en, notes_zh, notes_en, document_no, clause, source
-- optional: coal.target_check, coal.target
-- 煤炭目标与核验；吨与吨标准煤换算为万吨、万吨标准煤，其余为原单位 | targets with their verdicts; tonnes as 10^4 t, other units as they are
WITH checked AS (
    SELECT c.*, CASE WHEN c.unit IN ('t', 'tce') THEN 10000.0 ELSE 1.0 END AS per FROM coal.target_check c
)
SELECT c.target_id, c.area_kind, c.area_code, c.area_name, c.stat_year, c.kind, c.metric, c.scope, c.basis, c.unit, c.exclusions, c.actual_exclusions,
    c.baseline_exclusions, c.perimeter, c.baseline_perimeter, c.origin, c.baseline_origin, c.vintage, c.baseline_vintage, c.period, c.baseline_period,
    c.months_elapsed, c.year_finished, c.target_amount::DOUBLE / per AS target_amount, t.target_pct::DOUBLE AS target_pct, c.actual_amount::DOUBLE / per AS actual,
    c.baseline_amount::DOUBLE / per AS baseline, c.baseline_year_amount::DOUBLE / per AS baseline_year, c.change_amount::DOUBLE / per AS change, c.change_pct,
    c.limit_amount::DOUBLE / per AS limit_amount, c.task_amount::DOUBLE / per AS task, c.achieved_amount::DOUBLE / per AS achieved, c.task_share_pct,
    c.time_share_linear_pct AS linear_pct, c.time_share_profile_pct AS profile_pct, c.linear_amount::DOUBLE / per AS linear,
    c.profile_amount::DOUBLE / per AS profile, c.line_form, c.ruling_line, 100 * c.actual_amount::DOUBLE / nullif(c.limit_amount::DOUBLE, 0) AS used_pct,
    100 * c.linear_amount::DOUBLE / nullif(c.limit_amount::DOUBLE, 0) AS linear_of_limit_pct,
    100 * c.profile_amount::DOUBLE / nullif(c.limit_amount::DOUBLE, 0) AS profile_of_limit_pct,
    c.rest_amount::DOUBLE / per AS rest, c.rest_months, c.rest_month_amount::DOUBLE / per AS rest_month, c.projection_method,
    c.projected_amount::DOUBLE / per AS projected, c.projected_verdict, c.gross_change_pct, c.assessed_change_pct, c.other_change_pct, c.n_firms,
    c.n_expected, c.coverage_pct, c.verified, c.verdict, c.result, c.verdict_zh, c.verdict_en, c.notes_zh, c.notes_en, c.document_no, c.clause, c.source
FROM checked c LEFT JOIN coal.target t ON t.target_id = c.target_id
ORDER BY c.stat_year, list_position(['region', 'province', 'city', 'unit', 'county'], c.area_kind), c.area_code, c.target_id
