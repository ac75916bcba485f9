-- 区域某日：PM2.5 平均（按日值位数修约）、优良与重污染城市数
-- A day of the region: mean PM2.5 rounded as a daily value, good and heavily polluted cities.
SELECT g.day, round_8170(g.pm25_ugm3, r.digits_raw) AS pm25_printed, r.digits_raw AS digits, g.n_cities, g.n_cities_expected,
    (SELECT count(d.pm25_ugm3) FROM air.city_day d WHERE d.day = $day AND list_contains($codes::VARCHAR[], d.city_code)) AS n_cities_pm25,
    g.n_good_cities, g.n_heavy_cities, g.max_aqi, c.name_zh AS max_aqi_city_zh
FROM air.region_day g
LEFT JOIN ref.city c ON c.city_code = g.max_aqi_city
LEFT JOIN ref.rounding r
    ON r.item = 'PM2.5' AND r.standard_set = (SELECT arg_max(standard_set, valid_from) FROM ref.standard_set s WHERE s.valid_from <= $day)
WHERE g.region_id = $region AND g.day = $day
