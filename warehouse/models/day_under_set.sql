-- 换标准重算：哪些日子的 AQI 所用标准与时段标准不同，按时段标准是多少？
-- Days under another set: which days were given their AQI under another standard set than the period's, and what is it under the period's?
--
-- asked_period：时段。其余日子的 AQI 已是该标准下的，不重算 | the periods; other days have their AQI under that set already.
-- $area_codes：只算这些城市或考核单元；NULL 为全部 | only these cities or units; NULL for all.
WITH area_day AS (
    SELECT 'city' AS area_kind, city_code AS area_code, day, standard_set,
        pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3, o3_1h_max_ugm3, co_mgm3
    FROM air.city_day
    UNION ALL BY NAME
    SELECT 'unit' AS area_kind, unit_id AS area_code, day, standard_set,
        pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3, o3_1h_max_ugm3, co_mgm3
    FROM air.unit_day
),
wanted AS (
    SELECT DISTINCT standard_set, unnest(generate_series(day_first, day_until, INTERVAL 1 DAY))::DATE AS day FROM asked_period
),
judged AS (
    SELECT d.area_kind, d.area_code, d.day, w.standard_set,
        aqi_row(d.pm25_ugm3, d.pm10_ugm3, d.so2_ugm3, d.no2_ugm3, d.o3_mda8_ugm3, d.o3_1h_max_ugm3, d.co_mgm3, w.standard_set) AS index
    FROM area_day d JOIN wanted w ON w.day = d.day AND w.standard_set <> d.standard_set
    WHERE $area_codes::VARCHAR[] IS NULL OR list_contains($area_codes::VARCHAR[], d.area_code)
)
SELECT area_kind, area_code, day, standard_set, index.aqi AS aqi, index.primary_pollutants AS primary_pollutants
FROM judged
