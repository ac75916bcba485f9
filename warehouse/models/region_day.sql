-- 区域日报：区域每天的浓度平均是多少，几个城市优良、几个重污染？
-- Region days: what is a region's mean of each day, how many of its cities are good and how many heavily polluted?
--
-- 名单按当日生效者；平均用各城市未修约日值，有几个城市的数据写在旁边 | the list in force that day; means of the cities' values, not rounded, with the count of cities beside.
-- $day_first, $day_last：起止日 | window of days.
WITH member AS (
    SELECT r.region_id, c.area_code AS city_code,
        greatest(r.valid_from, c.valid_from) AS valid_from,
        least(coalesce(r.valid_to, DATE '9999-12-31'), coalesce(c.valid_to, DATE '9999-12-31')) AS valid_to
    FROM ref.region r JOIN ref.region_city c ON c.region_id = r.region_id AND c.role = 'city'
),
size_of_list AS (
    SELECT m.region_id, d.day, count(*) AS n_cities_expected
    FROM (SELECT DISTINCT day FROM air.city_day WHERE day BETWEEN $day_first::DATE AND $day_last::DATE) d
    JOIN member m ON d.day BETWEEN m.valid_from AND m.valid_to
    GROUP BY ALL
)
SELECT m.region_id, d.day,
    sum(d.pm25_ugm3::DECIMAL(18, 9))::DOUBLE / nullif(count(d.pm25_ugm3), 0) AS pm25_ugm3,
    sum(d.pm10_ugm3::DECIMAL(18, 9))::DOUBLE / nullif(count(d.pm10_ugm3), 0) AS pm10_ugm3,
    sum(d.so2_ugm3::DECIMAL(18, 9))::DOUBLE / nullif(count(d.so2_ugm3), 0) AS so2_ugm3,
    sum(d.no2_ugm3::DECIMAL(18, 9))::DOUBLE / nullif(count(d.no2_ugm3), 0) AS no2_ugm3,
    sum(d.o3_mda8_ugm3::DECIMAL(18, 9))::DOUBLE / nullif(count(d.o3_mda8_ugm3), 0) AS o3_mda8_ugm3,
    sum(d.co_mgm3::DECIMAL(18, 9))::DOUBLE / nullif(count(d.co_mgm3), 0) AS co_mgm3,
    count(coalesce(d.pm25_ugm3, d.pm10_ugm3, d.so2_ugm3, d.no2_ugm3, d.o3_mda8_ugm3, d.co_mgm3))::SMALLINT AS n_cities,
    any_value(s.n_cities_expected)::SMALLINT AS n_cities_expected,
    count(*) FILTER (d.aqi <= 100)::SMALLINT AS n_good_cities,
    count(*) FILTER (d.aqi > 200)::SMALLINT AS n_heavy_cities,
    max(d.aqi) AS max_aqi,
    first(d.city_code ORDER BY d.aqi DESC, d.city_code) FILTER (d.aqi IS NOT NULL) AS max_aqi_city
FROM air.city_day d
JOIN member m ON m.city_code = d.city_code AND d.day BETWEEN m.valid_from AND m.valid_to
JOIN size_of_list s ON s.region_id = m.region_id AND s.day = d.day
WHERE d.day BETWEEN $day_first::DATE AND $day_last::DATE
GROUP BY m.region_id, d.day
ORDER BY m.region_id, d.day
