-- columns: area_code, day_first, n_days, n_heavy_days
SELECT area_code, day_first, n_days, n_heavy_days FROM air.episode
WHERE ongoing AND area_kind = 'region' AND area_code = $region ORDER BY day_first DESC
