-- columns: city_code, model, lead_days, period, item, n, bias, rmse, range_hit_rate, share_below_low, share_above_high, n_range, level_hit_rate, n_persistence, rmse_persistence, skill
-- optional: forecast.verification
-- 各年的预报评分 | scores of forecasts by year
SELECT city_code, model, lead_days, period, item, n, bias, rmse, range_hit_rate, share_below_low, share_above_high, n_range,
    level_hit_rate, n_persistence, rmse_persistence, skill
FROM forecast.verification WHERE length(period) = 4
ORDER BY city_code, period DESC, item, model, lead_days
