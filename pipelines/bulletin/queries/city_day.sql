-- 各成员城市某日：AQI、级别、首要污染物、PM2.5（按日值位数修约）
-- A day of the member cities: AQI, level, primary pollutants, PM2.5 rounded as a daily value.
SELECT m.city_code, c.name_zh, c.name_en, c.short_zh, d.aqi, aqi_level(d.aqi) AS level, d.primary_pollutants, d.state, d.standard_set,
    round_8170(d.pm25_ugm3, r.digits_raw) AS pm25_printed, r.digits_raw AS digits, d.n_stations, d.n_stations_expected
FROM (SELECT unnest($codes::VARCHAR[]) AS city_code) m
LEFT JOIN ref.city c USING (city_code)
LEFT JOIN air.city_day d ON d.city_code = m.city_code AND d.day = $day
LEFT JOIN ref.rounding r ON r.standard_set = d.standard_set AND r.item = 'PM2.5'
ORDER BY d.aqi DESC NULLS LAST, m.city_code
