-- columns: area_code, year, period_kind, period, stage, product_type, n_samples, n_inspected, n_passed, n_failed, n_unverified, n_insufficient, n_not_judged, pass_rate_pct, reported_rate_pct, n_differs, n_open, n_registered, n_entities, n_unregistered, coverage_pct
-- optional: coal.inspection_rate
-- 抽检合格率与覆盖率 | pass rates and sampling coverage [%]
SELECT area_code, left(period, 4)::INTEGER AS year, period_kind, period, stage, product_type, n_samples, n_inspected, n_passed, n_failed, n_unverified,
    n_insufficient, n_not_judged, pass_rate_pct, reported_rate_pct, n_differs, n_open, n_registered, n_entities, n_unregistered, coverage_pct
FROM coal.inspection_rate WHERE area_kind IN ('region', 'province', 'city', 'unit')
ORDER BY area_code, year, product_type <> 'all', product_type, period_kind, period, list_position(['production', 'circulation', 'use', 'all'], stage)
