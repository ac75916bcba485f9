-- columns: city_code, model, lead_days, period, threshold, said_by, n, n_observed, n_hit, n_miss, n_false, hit_rate, false_alarm_ratio, csi
-- optional: forecast.verification_event
SELECT city_code, model, lead_days, period, threshold, said_by, n, n_observed, n_hit, n_miss, n_false, hit_rate, false_alarm_ratio, csi
FROM forecast.verification_event WHERE length(period) = 4
ORDER BY city_code, period DESC, threshold, model, said_by, lead_days
