-- table: air.station_hour
-- consequence: block
-- zh: 小时没有来源文件
-- en: hours without a source file
SELECT DISTINCT hour_end FROM air.station_hour
ANTI JOIN ops.hour_source USING (hour_end)
WHERE hour_end > $first::DATE AND hour_end <= $last::DATE + INTERVAL 1 DAY
