-- 一个城市某日的六项：全市、所属考核单元、各站点；按日值位数修约
-- The six items of a city on a day: the city, its assessment units, its stations; rounded as daily values.
WITH place AS (
    SELECT 'city' AS place_kind, d.city_code AS place_code, c.name_zh, true AS counts, d.aqi, d.primary_pollutants, d.state, d.standard_set,
        d.pm25_ugm3, d.pm10_ugm3, d.so2_ugm3, d.no2_ugm3, d.co_mgm3, d.o3_mda8_ugm3
    FROM air.city_day d LEFT JOIN ref.city c USING (city_code)
    WHERE d.city_code = $city AND d.day = $day
    UNION ALL BY NAME
    SELECT 'unit' AS place_kind, d.unit_id AS place_code, u.name_zh, true AS counts, d.aqi, d.primary_pollutants, d.state, d.standard_set,
        d.pm25_ugm3, d.pm10_ugm3, d.so2_ugm3, d.no2_ugm3, d.co_mgm3, d.o3_mda8_ugm3
    FROM air.unit_day d JOIN ref.assessment_unit u USING (unit_id)
    WHERE u.city_code = $city AND d.day = $day
    UNION ALL BY NAME
    SELECT 'station' AS place_kind, s.station_code AS place_code, s.name_zh, coalesce(s.counts, true) AS counts, d.aqi, d.primary_pollutants, d.state,
        d.standard_set, d.pm25_ugm3, d.pm10_ugm3, d.so2_ugm3, d.no2_ugm3, d.co_mgm3, d.o3_mda8_ugm3
    FROM air.station_day d JOIN ref.station s USING (station_code)
    WHERE s.city_code = $city AND d.day = $day
),
digits AS (
    SELECT standard_set, item, digits_raw AS digits FROM ref.rounding
)
SELECT p.place_kind, p.place_code, p.name_zh, p.counts, p.aqi, aqi_level(p.aqi) AS level, p.primary_pollutants, p.state,
    round_8170(p.pm25_ugm3, (SELECT digits FROM digits g WHERE g.standard_set = p.standard_set AND g.item = 'PM2.5')) AS pm25,
    round_8170(p.pm10_ugm3, (SELECT digits FROM digits g WHERE g.standard_set = p.standard_set AND g.item = 'PM10')) AS pm10,
    round_8170(p.so2_ugm3, (SELECT digits FROM digits g WHERE g.standard_set = p.standard_set AND g.item = 'SO2')) AS so2,
    round_8170(p.no2_ugm3, (SELECT digits FROM digits g WHERE g.standard_set = p.standard_set AND g.item = 'NO2')) AS no2,
    round_8170(p.co_mgm3, (SELECT digits FROM digits g WHERE g.standard_set = p.standard_set AND g.item = 'CO')) AS co,
    round_8170(p.o3_mda8_ugm3, (SELECT digits FROM digits g WHERE g.standard_set = p.standard_set AND g.item = 'O3')) AS o3,
    (SELECT map_from_entries(list((item, digits) ORDER BY item)) FROM digits g WHERE g.standard_set = p.standard_set) AS digits
FROM place p
ORDER BY p.place_kind, p.aqi DESC NULLS LAST, p.place_code
