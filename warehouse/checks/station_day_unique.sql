-- table: air.station_day
-- consequence: block
-- zh: 站点与日期重复
-- en: doubled station and day
SELECT station_code, day FROM air.station_day WHERE day BETWEEN $first AND $last GROUP BY ALL HAVING count(*) > 1
