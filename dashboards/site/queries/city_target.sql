-- columns: city_code, target_id, period, metric, target_value, target_absolute, value_so_far, allowed_mean_rest_ugm3, good_days_needed, heavy_days_left, n_days_left, n_valid_days, verdict, method, as_of_day, document_no
-- 未结束时段的目标 | targets of periods that are not over
SELECT p.area_code AS city_code, p.target_id, p.period, p.metric, p.target_value, p.target_absolute, round_8170(p.value_so_far, 1) AS value_so_far,
    round_8170(p.allowed_mean_rest_ugm3, 1) AS allowed_mean_rest_ugm3, p.good_days_needed, p.heavy_days_left, p.n_days_left, p.n_valid_days,
    p.verdict, p.method, p.as_of_day, t.document_no
FROM air.target_progress p LEFT JOIN ref.target t ON t.target_id = p.target_id
WHERE p.area_kind = 'city' AND p.n_days_left > 0
ORDER BY city_code, p.period, p.metric, p.target_id
