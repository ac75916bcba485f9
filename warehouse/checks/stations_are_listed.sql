-- table: air.station_day
-- consequence: note
-- zh: 站点不在名单
-- en: stations in no list
SELECT DISTINCT station_code FROM air.station_day ANTI JOIN ref.station USING (station_code) WHERE day BETWEEN $first AND $last
