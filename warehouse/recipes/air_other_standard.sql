-- zh: 换一套标准，各市的优良天数和 PM2.5 达标情况会怎样？
-- en: How would good days and PM2.5 attainment of the cities look under another set of standards?
-- parameter: standard | 标准集：2012、2026_transition、2026_final（默认）| set of standards: 2012, 2026_transition, 2026_final (default)
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
WITH asked AS (
    SELECT coalesce(getvariable('standard')::VARCHAR, '2026_final') AS standard,
        coalesce(getvariable('year')::INTEGER, (SELECT year(max(day)) FROM air.city_day)) AS year
),
annual AS (
    SELECT l.limit_value FROM ref."limit" l JOIN ref.standard_set s ON s.limit_standard = l.limit_standard
    JOIN asked a ON a.standard = s.standard_set
    WHERE l.pollutant = 'PM2.5' AND l.averaging = 'annual' AND l.grade = 2 ORDER BY l.valid_from DESC LIMIT 1
),
other AS (
    FROM air.city_day_under(coalesce(getvariable('standard')::VARCHAR, '2026_final'))
)
SELECT c.name_zh AS "城市", a.year AS "年份", count(d.aqi) AS "有效天数", string_agg(DISTINCT d.standard_set, '、' ORDER BY d.standard_set) AS "原用标准",
    count(*) FILTER (d.aqi <= 100) AS "优良天数_原标准", a.standard AS "另一标准", count(*) FILTER (o.aqi <= 100) AS "优良天数_另一标准",
    count(*) FILTER (d.aqi <= 100 AND o.aqi > 100) AS "因标准转为污染的天数", count(*) FILTER (o.aqi > 200) AS "重污染天数_另一标准",
    round_8170(avg(d.pm25_ugm3), 0) AS "PM2.5_微克每立方米", any_value(n.limit_value) AS "年均限值", round_8170(avg(d.pm25_ugm3), 0) <= any_value(n.limit_value) AS "PM2.5达标"
FROM asked a
JOIN air.city_day d ON year(d.day) = a.year
JOIN other o ON o.city_code = d.city_code AND o.day = d.day
JOIN ref.city c ON c.city_code = d.city_code
LEFT JOIN annual n ON true
GROUP BY c.name_zh, d.city_code, a.year, a.standard
ORDER BY "PM2.5_微克每立方米" DESC NULLS LAST, d.city_code
