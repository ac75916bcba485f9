-- columns: version_id, basis, response_day, level, pollutant, total_kgd, stopped_kgd, cut_kgd, ratio_pct, ratio_high_pct, required_pct, verdict, shortfall_kgd, verified
-- optional: emergency.reduction
SELECT version_id, basis, response_day, level, pollutant, total_kgd::DOUBLE AS total_kgd, stopped_kgd::DOUBLE AS stopped_kgd,
    cut_kgd::DOUBLE AS cut_kgd, ratio_pct, ratio_high_pct, required_pct, verdict, shortfall_kgd::DOUBLE AS shortfall_kgd, verified
FROM emergency.reduction
ORDER BY version_id, list_position(['yellow', 'orange', 'red'], level), list_position(['SO2', 'NOx', 'PM', 'VOCs'], pollutant), basis DESC
