-- table: air.city_day
-- consequence: block
-- zh: 城市与日期重复
-- en: doubled city and day
SELECT city_code, day FROM air.city_day GROUP BY ALL HAVING count(*) > 1
