-- 大气目标：区域与成员城市在该时段内未结束（或刚结束）的目标进度
-- Air targets of the region and its cities whose period holds the last day of the bulletin.
SELECT p.target_id, p.as_of_day, p.area_kind, p.area_code, coalesce(g.name_zh, c.name_zh, p.area_code) AS name_zh, p.period, p.metric, p.target_value,
    p.target_absolute, p.value_so_far, p.n_valid_days, p.n_days_left, p.allowed_mean_rest_ugm3, p.good_days_needed, p.heavy_days_left,
    p.verdict, p.method, t.document_no, t.verified
FROM air.target_progress p
JOIN ref.target t USING (target_id)
LEFT JOIN ref.region g ON p.area_kind = 'region' AND g.region_id = p.area_code
LEFT JOIN ref.city c ON p.area_kind = 'city' AND c.city_code = p.area_code
WHERE (p.area_code = $region OR list_contains($codes::VARCHAR[], p.area_code)) AND p.as_of_day >= $last::DATE AND p.n_days_left >= 0
ORDER BY p.area_kind = 'city', p.area_code, p.period, p.metric, p.target_id
