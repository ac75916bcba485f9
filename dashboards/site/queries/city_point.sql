-- columns: city_code, lon_deg, lat_deg
-- 城市中心：计入站点的平均位置 | point of a city: mean of the stations that count
SELECT city_code, avg(lon_deg) AS lon_deg, avg(lat_deg) AS lat_deg
FROM ref.station WHERE counts AND city_code IS NOT NULL AND lon_deg IS NOT NULL AND lat_deg IS NOT NULL
GROUP BY city_code ORDER BY city_code
