-- 大气目标：区域与城市的目标进度，截至通报所报时段的末日
-- Air targets of a region and of cities, as they stood on the last day that the bulletin tells of.
--
-- progress_at：pipelines.air.targets.target_progress_at 的临时表 | temporary table of that function. $region：名单代码，可为空 | list, may be null.
SELECT p.target_id, p.as_of_day, p.area_kind, p.area_code, coalesce(g.name_zh, f.name_zh, c.name_zh, p.area_code) AS name_zh, p.period, p.metric,
    p.target_value, p.target_absolute, p.value_so_far, p.n_valid_days, p.n_days_left, p.allowed_mean_rest_ugm3, p.good_days_needed,
    p.heavy_days_left, p.verdict, p.method, t.document_no, t.verified
FROM progress_at p
JOIN ref.target t USING (target_id)
LEFT JOIN ref.region g ON p.area_kind = 'region' AND g.region_id = p.area_code
LEFT JOIN ref.region f ON p.area_kind = 'region' AND f.region_id = $region
LEFT JOIN ref.city c ON p.area_kind = 'city' AND c.city_code = p.area_code
WHERE (p.area_kind = 'city' AND list_contains($codes::VARCHAR[], p.area_code))
    OR (p.area_kind = 'region' AND regexp_full_match($region, regexp_escape(p.area_code) || '(_[0-9]{4})?'))
ORDER BY p.area_kind = 'city', p.area_code, p.period, p.metric, p.target_id
