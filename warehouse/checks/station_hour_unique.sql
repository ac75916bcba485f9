-- table: air.station_hour
-- consequence: block
-- zh: 站点与小时重复
-- en: doubled station and hour
-- 每站一串位，一小时一位：行数多于位数即有重复，比按站点与小时分组快十倍 | one bit an hour: more rows than bits means a doubled hour
SELECT station_code, count(*) AS n
FROM air.station_hour
WHERE hour_end > $first::DATE AND hour_end <= $last::DATE + INTERVAL 1 DAY
GROUP BY station_code
HAVING count(*) > bit_count(bitstring_agg(
    date_diff('hour', $first::DATE, hour_end)::INTEGER, 1, (24 * (date_diff('day', $first::DATE, $last::DATE) + 1))::INTEGER
))
