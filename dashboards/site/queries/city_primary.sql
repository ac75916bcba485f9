-- columns: city_code, year, month, n_valid_days, good_days, heavy_days, pm25, pm10, so2, no2, o3, co
-- 各月有效、优良、重污染天数与首要污染物天数（各日用当日标准） | days of months, each day under its own standards
SELECT area_code AS city_code, left(period, 4)::INTEGER AS year, right(period, 2)::INTEGER AS month, n_valid_days, good_days, heavy_days,
    primary_days_pm25 AS pm25, primary_days_pm10 AS pm10, primary_days_so2 AS so2, primary_days_no2 AS no2, primary_days_o3 AS o3, primary_days_co AS co
FROM air.period_days
WHERE area_kind = 'city' AND standard_set = 'each_day' AND regexp_full_match(period, '\d{4}-\d{2}')
ORDER BY city_code, year, month
