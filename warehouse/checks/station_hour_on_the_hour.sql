-- table: air.station_hour
-- consequence: block
-- zh: 时间不是整点
-- en: not on the hour
SELECT station_code, hour_end
FROM air.station_hour
WHERE hour_end > $first::DATE AND hour_end <= $last::DATE + INTERVAL 1 DAY AND date_trunc('hour', hour_end) <> hour_end
