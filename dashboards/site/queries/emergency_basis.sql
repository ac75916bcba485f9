-- columns: warning_id, level_rule, basis, profile, profile_zh, profile_en, profile_verified, model, forecast_issued_at, drafted_at, approved_by, reason
-- optional: emergency.warning, emergency.warning_event
-- 内部：级别的依据、方案、预报与理由 | internal: what the level rests on, the profile, the forecast and the reason
SELECT w.warning_id, w.level_rule, w.basis, w.profile, p.name_zh AS profile_zh, p.name_en AS profile_en, p.verified AS profile_verified, w.model, w.forecast_issued_at, w.drafted_at,
    w.approved_by, w.reason
FROM emergency.warning AS w
LEFT JOIN ref.warning_profile AS p ON p.profile = w.profile AND p.valid_from <= w.drafted_at AND coalesce(p.valid_to >= w.drafted_at::DATE, true)
ORDER BY w.warning_id
