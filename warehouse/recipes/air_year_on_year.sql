-- zh: 用同一份城市名单，今年以来与去年同期相比如何？
-- en: This year to date against the same days of last year, under one fixed list of cities?
-- class: public
-- parameter: region | 区域名单，如 fenwei_2023（默认）、fenwei_2018 | list of cities: fenwei_2023 (default), fenwei_2018
-- parameter: until | 截至日期；省略为最近一个整天 | last day; the newest whole day without it
-- 名单 2023-11-30 改变；两年必须用同一份名单 | the list changed on 2023-11-30: both years must use the same
WITH asked AS (
    SELECT coalesce(getvariable('region')::VARCHAR, 'fenwei_2023') AS region, coalesce(getvariable('until')::DATE, (SELECT max(day) FROM air.city_day WHERE state <> 'partial')) AS until
),
city AS (
    SELECT DISTINCT r.area_code FROM ref.region_city r JOIN asked a ON a.region = r.region_id WHERE r.role = 'city'
),
day AS (
    SELECT d.city_code, CASE WHEN d.day >= date_trunc('year', a.until) THEN 'now' ELSE 'then' END AS which, d.*  EXCLUDE (city_code)
    FROM air.city_day d JOIN city c ON c.area_code = d.city_code CROSS JOIN asked a
    WHERE (d.day BETWEEN date_trunc('year', a.until) AND a.until)
        OR (d.day BETWEEN date_trunc('year', a.until) - INTERVAL 1 YEAR AND a.until - INTERVAL 1 YEAR)
),
place AS (
    SELECT 1 AS sort, '全区域' AS place, which, pm25_ugm3, pm10_ugm3, o3_mda8_ugm3, aqi, city_code FROM day
    UNION ALL
    SELECT 2, n.name_zh, d.which, d.pm25_ugm3, d.pm10_ugm3, d.o3_mda8_ugm3, d.aqi, d.city_code FROM day d JOIN ref.city n USING (city_code)
),
mean AS (
    SELECT sort, place, count(DISTINCT city_code) AS n_cities,
        avg(pm25_ugm3) FILTER (which = 'now') AS pm25, avg(pm25_ugm3) FILTER (which = 'then') AS pm25_then,
        count(*) FILTER (which = 'now' AND aqi <= 100) * 100 / nullif(count(aqi) FILTER (which = 'now'), 0) AS good,
        count(*) FILTER (which = 'then' AND aqi <= 100) * 100 / nullif(count(aqi) FILTER (which = 'then'), 0) AS good_then,
        count(*) FILTER (which = 'now' AND aqi > 200) AS heavy, count(*) FILTER (which = 'then' AND aqi > 200) AS heavy_then,
        count(pm25_ugm3) FILTER (which = 'now') AS n_now, count(pm25_ugm3) FILTER (which = 'then') AS n_then
    FROM place GROUP BY sort, place
)
SELECT m.place AS "地区", a.region AS "名单", m.n_cities AS "城市数", a.until AS "截至", round_8170(m.pm25, 1) AS "PM2.5", round_8170(m.pm25_then, 1) AS "PM2.5同期",
    round_8170((m.pm25 / m.pm25_then - 1) * 100, 1) AS "PM2.5同比%", round_8170(m.good, 1) AS "优良率%", round_8170(m.good_then, 1) AS "优良率同期%",
    m.heavy AS "重污染城市天", m.heavy_then AS "重污染城市天同期", m.n_now AS "有效城市天", m.n_then AS "有效城市天同期"
FROM mean m CROSS JOIN asked a
ORDER BY m.sort, "PM2.5" DESC NULLS LAST, m.place
