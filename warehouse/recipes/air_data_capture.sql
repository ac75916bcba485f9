-- zh: 各站点六项数据的有效率是多少，够不够评价？
-- en: What share of hours did each station capture for the six pollutants, and is that enough to be judged?
-- class: public
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- 有效率＝有效小时数 ÷ 自该站首个有数据之日起已过的小时数；有效日＝日评价所需小时数足够的日子 | capture: valid hours of those elapsed since the station’s first day with data; a valid day has hours enough for its daily value
WITH asked AS (
    SELECT coalesce(getvariable('year')::INTEGER, (SELECT year(max(day)) FROM air.station_day)) AS year
),
span AS (
    SELECT a.year, min(d.day) AS first, max(d.day) FILTER (d.state <> 'partial') AS last
    FROM air.station_day d CROSS JOIN asked a WHERE d.day >= make_date(a.year, 1, 1) AND d.day < make_date(a.year + 1, 1, 1) GROUP BY a.year
),
part AS (
    SELECT d.station_code, p.year, (p.last - min(d.day) + 1) * 24 AS n_hours, (p.last - min(d.day) + 1) AS n_days,
        sum(d.n_hours_pm25) AS pm25, sum(d.n_hours_pm10) AS pm10, sum(d.n_hours_so2) AS so2, sum(d.n_hours_no2) AS no2, sum(d.n_hours_o3) AS o3, sum(d.n_hours_co) AS co,
        count(d.pm25_ugm3) AS days_pm25, count(d.o3_mda8_ugm3) AS days_o3
    FROM air.station_day d JOIN span p ON d.day BETWEEN p.first AND p.last
    GROUP BY d.station_code, p.year, p.last
)
SELECT c.name_zh AS "城市", coalesce(s.name_zh, t.station_code) AS "站点", t.station_code AS "站点编码", t.year AS "年份", t.n_days AS "天数",
    round_8170(t.pm25 * 100 / t.n_hours, 1) AS "PM2.5有效率%", round_8170(t.pm10 * 100 / t.n_hours, 1) AS "PM10有效率%", round_8170(t.so2 * 100 / t.n_hours, 1) AS "SO2有效率%",
    round_8170(t.no2 * 100 / t.n_hours, 1) AS "NO2有效率%", round_8170(t.o3 * 100 / t.n_hours, 1) AS "O3有效率%", round_8170(t.co * 100 / t.n_hours, 1) AS "CO有效率%",
    t.days_pm25 AS "PM2.5有效日数", t.days_o3 AS "O3有效日数", CASE WHEN s.counts THEN '计入' ELSE '不计入' END AS "计入城市均值"
FROM part t
LEFT JOIN ref.station s USING (station_code)
LEFT JOIN ref.city c ON c.city_code = s.city_code
WHERE getvariable('city') IS NULL OR s.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR)
ORDER BY least(t.pm25, t.pm10, t.so2, t.no2, t.o3, t.co) / t.n_hours, s.city_code, t.station_code
