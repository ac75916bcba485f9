-- table: air.city_day
-- consequence: block
-- zh: AQI 不在 0–500
-- en: AQI outside 0–500
SELECT city_code, day, aqi_of_available FROM air.city_day WHERE aqi_of_available NOT BETWEEN 0 AND 500
