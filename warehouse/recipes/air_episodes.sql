-- zh: 有过哪些污染过程，多长、多重、哪些城市？
-- en: Which pollution episodes were there, how long and how heavy, and in which cities?
-- class: public
-- parameter: year | 年份（按首日）；省略为全部 | year of the first day; all without it
-- parameter: city | 城市代码或名称；省略为全部城市与区域 | city, by code or name; all cities and regions without it
WITH member AS (
    SELECT e.episode_id, string_agg(coalesce(c.name_zh, m.code), '、' ORDER BY m.code) AS cities
    FROM air.episode e, unnest(string_split(e.cities, ',')) AS m(code) LEFT JOIN ref.city c ON c.city_code = m.code GROUP BY e.episode_id
)
SELECT coalesce(r.name_zh, c.name_zh, e.area_code) AS "地区", CASE e.area_kind WHEN 'region' THEN '区域过程' ELSE '城市过程' END AS "类别", e.day_first AS "首日",
    e.day_last AS "末日", e.n_days AS "天数", e.n_heavy_days AS "重污染天数", e.max_aqi AS "最高AQI", e.max_aqi_day AS "最高日", round_8170(e.mean_pm25_ugm3, 0) AS "PM2.5平均",
    e.primary_pollutants AS "首要污染物", m.cities AS "城市", CASE WHEN e.ongoing THEN '仍在持续' END AS "状态"
FROM air.episode e
LEFT JOIN member m USING (episode_id)
LEFT JOIN ref.region r ON e.area_kind = 'region' AND r.region_id = e.area_code
LEFT JOIN ref.city c ON e.area_kind = 'city' AND c.city_code = e.area_code
WHERE year(e.day_first) = coalesce(getvariable('year')::INTEGER, year(e.day_first))
    AND (getvariable('city') IS NULL OR list_contains(string_split(e.cities, ','), getvariable('city')::VARCHAR) OR contains(m.cities, getvariable('city')::VARCHAR))
ORDER BY e.day_first DESC, e.area_kind DESC, e.area_code
