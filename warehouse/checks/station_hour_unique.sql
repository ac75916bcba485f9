-- table: air.station_hour
-- consequence: block
-- zh: 站点与小时重复
-- en: doubled station and hour
SELECT station_code, hour_end, count(*) AS n
FROM air.station_hour
WHERE hour_end > $first::DATE AND hour_end <= $last::DATE + INTERVAL 1 DAY
GROUP BY ALL HAVING count(*) > 1
