-- columns: warning_id, kind, state, city_code, level, level_before, start_at, end_at, approved_at, response_at, lifted_at, document_no, issuing_body, decided_at
-- optional: emergency.warning
-- 各预警与草稿的现状，新的在前；公开库只有经批准的正式预警 | warnings and drafts as they stand, the newest first
SELECT warning_id, kind, state, city_code, level, level_before, start_at, end_at, approved_at, response_at, lifted_at,
    document_no, issuing_body, decided_at
FROM emergency.warning
ORDER BY coalesce(start_at, approved_at, decided_at) DESC NULLS LAST, warning_id DESC
