-- table: air.city_day
-- consequence: block
-- zh: 缺项而 AQI≤100 仍发布
-- en: an incomplete AQI of at most 100 was published
SELECT city_code, day, aqi
FROM air.city_day
WHERE aqi <= 100 AND (pm25_ugm3 IS NULL OR pm10_ugm3 IS NULL OR so2_ugm3 IS NULL OR no2_ugm3 IS NULL OR o3_mda8_ugm3 IS NULL OR co_mgm3 IS NULL)
