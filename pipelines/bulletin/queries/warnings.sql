-- 期内的预警：经批准、与时段相交；草稿、作废、过期、被取代的不算
-- Warnings of the period: approved ones that touch it; drafts and those cancelled, expired or replaced are none.
SELECT w.warning_id, w.kind, w.state, w.city_code, coalesce(c.name_zh, w.city_code) AS name_zh, w.level, w.level_before, w.start_at, w.end_at,
    w.lifted_at, w.approved_at, w.issuing_body, w.document_no
FROM emergency.warning w
LEFT JOIN ref.city c USING (city_code)
WHERE w.approved_at IS NOT NULL
    AND w.state IN ('approved', 'started', 'upgraded', 'downgraded', 'extended', 'suspended', 'resumed', 'lifted', 'evaluated')
    AND w.level IN ('precaution', 'yellow', 'orange', 'red')
    AND list_contains($codes::VARCHAR[], w.city_code)
    AND coalesce(w.start_at, w.approved_at) < $last::DATE + INTERVAL 1 DAY
    AND coalesce(w.lifted_at, w.end_at, TIMESTAMP '9999-01-01') > $first::DATE
ORDER BY coalesce(w.start_at, w.approved_at), w.city_code, w.warning_id
