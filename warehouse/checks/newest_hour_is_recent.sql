-- table: air.station_hour
-- consequence: flag
-- zh: 最新数据早于现在 3 小时以上
-- en: the newest hour is more than three hours old
SELECT max(hour_end) AS newest FROM ops.hour_source
HAVING max(hour_end) < $as_of::TIMESTAMP - INTERVAL 3 HOUR
