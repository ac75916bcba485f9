-- columns: city_code, name_zh, name_en, short_zh, hour_end, aqi, aqi_of_available, aqi_before, primary_pollutants, pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_ugm3, co_mgm3, n_stations, n_stations_expected, standard_set
-- 每个成员城市最近一个有数据的小时（不早于 $hour 前 $patience 小时）及 $back 小时前的 AQI
-- newest hour of each member city within some hours, and its AQI some hours before
WITH member AS (
    SELECT DISTINCT area_code AS city_code FROM ref.region_city WHERE region_id = $region AND role = 'city'
),
newest AS (
    SELECT h.* FROM air.city_hour h JOIN member m USING (city_code)
    WHERE h.hour_end <= $hour AND h.hour_end > $hour - to_hours($patience) AND h.n_stations > 0
    QUALIFY row_number() OVER (PARTITION BY h.city_code ORDER BY h.hour_end DESC) = 1
)
SELECT m.city_code, c.name_zh, c.name_en, c.short_zh, n.hour_end, n.aqi, n.aqi_of_available, b.aqi AS aqi_before, n.primary_pollutants,
    n.pm25_ugm3, n.pm10_ugm3, n.so2_ugm3, n.no2_ugm3, n.o3_ugm3, n.co_mgm3, n.n_stations, n.n_stations_expected, n.standard_set
FROM member m
LEFT JOIN ref.city c ON c.city_code = m.city_code
LEFT JOIN newest n ON n.city_code = m.city_code
LEFT JOIN air.city_hour b ON b.city_code = m.city_code AND b.hour_end = n.hour_end - to_hours($back)
ORDER BY n.aqi DESC NULLS LAST, m.city_code
