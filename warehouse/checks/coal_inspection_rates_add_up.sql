-- table: coal.inspection_rate
-- consequence: block
-- zh: 各县之和与市不符（市的样品都有县时）
-- en: counties do not add up to their city, where every sample of the city names its county
SELECT city.area_code, city.period, city.stage, city.product_type, city.n_samples, sum(county.n_samples) AS counties
FROM coal.inspection_rate city
JOIN coal.inspection_rate county ON county.area_kind = 'county' AND county.period = city.period AND county.stage = city.stage
    AND county.product_type = city.product_type
    AND county.area_code IN (SELECT county_code FROM coal.inspection_check c WHERE c.city_code = city.area_code)
WHERE city.area_kind = 'city'
    AND city.area_code NOT IN (SELECT city_code FROM coal.inspection_check WHERE county_code IS NULL AND city_code IS NOT NULL)
GROUP BY ALL
HAVING sum(county.n_samples) <> city.n_samples
