-- columns: area_kind, area_code, year, month, scope_rule, rule_zh, rule_en, is_default, level, symbol, month_now, month_then, month_change_pct, ytd_now, ytd_then, ytd_change_pct, continuing_change_pct, deciding_change_pct, yellow_from_pct, orange_from_pct, red_from_pct, n_firms, n_not_reporting, verified, note_zh, note_en
-- optional: coal.early_warning
-- 规上工业非电煤逐月预警 | monthly early warning, above-scale industry without power [10^4 t, %]
SELECT area_kind, area_code, left(month, 4)::INTEGER AS year, month, scope_rule, scope_rule_zh AS rule_zh, scope_rule_en AS rule_en, is_default, level, symbol,
    month_now_t::DOUBLE / 10000 AS month_now, month_then_t::DOUBLE / 10000 AS month_then, month_change_pct, ytd_now_t::DOUBLE / 10000 AS ytd_now,
    ytd_then_t::DOUBLE / 10000 AS ytd_then, ytd_change_pct, continuing_change_pct, deciding_change_pct, yellow_from_pct, orange_from_pct, red_from_pct,
    n_firms, n_not_reporting, verified, note_zh, note_en
FROM coal.early_warning WHERE area_kind IN ('province', 'city', 'unit') OR area_kind = 'region' AND area_code IN (
    SELECT region_id FROM ref.region WHERE valid_from <= $today AND coalesce(valid_to, DATE '9999-12-31') >= $today
)
ORDER BY year, NOT is_default, scope_rule, list_position(['region', 'province', 'city', 'unit'], area_kind), area_code, month
