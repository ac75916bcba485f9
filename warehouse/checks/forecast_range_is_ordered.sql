-- table: forecast.city_day
-- consequence: flag
-- zh: 预报下限高于上限，或 AQI 越界
-- en: the lower end of a forecast is above the upper one, or an AQI out of bounds
SELECT issued_at, city_code, day, model, aqi_low, aqi, aqi_high FROM forecast.city_day
WHERE aqi_low > aqi_high OR pm25_low_ugm3 > pm25_high_ugm3
    OR aqi NOT BETWEEN 0 AND 500 OR aqi_low NOT BETWEEN 0 AND 500 OR aqi_high NOT BETWEEN 0 AND 500
