-- columns: area_kind, area_code, year, n_level_5, n_level_6, heavy_days, n_valid_days
SELECT area_kind, area_code, period::INTEGER AS year, n_level_5, n_level_6, heavy_days, n_valid_days
FROM air.period_days
WHERE area_kind IN ('city', 'unit') AND standard_set = 'each_day' AND regexp_full_match(period, '\d{4}')
ORDER BY area_kind, area_code, year
