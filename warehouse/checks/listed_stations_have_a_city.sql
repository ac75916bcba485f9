-- table: ref.station
-- consequence: note
-- zh: 名单中的站点不属于任何城市
-- en: listed stations without a city
SELECT station_code, city_name FROM ref.station WHERE city_code IS NULL
