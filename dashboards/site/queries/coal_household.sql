-- columns: area_kind, area_code, year, terrain, n_villages, n_households, n_target, n_done, done_pct, time_share_pct, verdict, clean_heating_pct, with_clean_coal_pct, n_rest, coal_cut, n_visited, n_relapsed, n_relapse_open, relapse_pct, n_order_violations, n_ban_zone_coal
-- optional: coal.household_progress
-- 清洁取暖进度与复燃；散煤削减量为吨 | households: progress and return to coal [%, t]
SELECT area_kind, area_code, stat_year AS year, terrain, n_villages, n_households, n_target, n_done, done_pct, time_share_pct, verdict, clean_heating_pct,
    with_clean_coal_pct, n_rest, coal_cut_t::DOUBLE AS coal_cut, n_visited, n_relapsed, n_relapse_open, relapse_pct, n_order_violations, n_ban_zone_coal
FROM coal.household_progress WHERE area_kind <> 'village'
ORDER BY area_code, year, list_position(['all', 'plain', 'mountain', 'unknown'], terrain)
