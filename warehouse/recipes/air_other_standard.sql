-- zh: 换一套标准，各市的优良天数和 PM2.5 达标情况会怎样？
-- en: How would good days and PM2.5 attainment of the cities look under another set of standards?
-- class: public
-- parameter: standard | 标准集：2012、2026_transition、2026_final（默认）| set of standards: 2012, 2026_transition, 2026_final (default)
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
-- 只重算所问的一年；全部年份见 air.city_day_under('2026_final') | only the year asked for is judged anew; air.city_day_under('2026_final') has them all
WITH asked AS (
    SELECT coalesce(getvariable('standard')::VARCHAR, '2026_final') AS standard,
        coalesce(getvariable('year')::INTEGER, (SELECT year(max(day)) FROM air.city_day)) AS year
),
annual AS (
    SELECT l.limit_value FROM ref."limit" l JOIN ref.standard_set s ON s.limit_standard = l.limit_standard
    JOIN asked a ON a.standard = s.standard_set
    WHERE l.pollutant = 'PM2.5' AND l.averaging = 'annual' AND l.grade = 2 ORDER BY l.valid_from DESC LIMIT 1
),
picked AS MATERIALIZED (
    SELECT d.*, a.year, a.standard FROM air.city_day d CROSS JOIN asked a
    WHERE d.day >= make_date(a.year, 1, 1) AND d.day < make_date(a.year + 1, 1, 1)
),
item AS (
    SELECT p.city_code, p.day, p.standard, u.sort, u.item, iaqi(u.item, u.value, p.standard) AS iaqi
    FROM picked p, unnest([
        {'sort': 1, 'item': 'PM2.5_24h', 'value': p.pm25_ugm3}, {'sort': 2, 'item': 'PM10_24h', 'value': p.pm10_ugm3},
        {'sort': 3, 'item': 'SO2_24h', 'value': p.so2_ugm3}, {'sort': 4, 'item': 'NO2_24h', 'value': p.no2_ugm3},
        {'sort': 5, 'item': 'O3_8h', 'value': p.o3_mda8_ugm3},
        {'sort': 5, 'item': CASE WHEN p.o3_mda8_ugm3 IS NOT NULL THEN 'O3_1h' END, 'value': p.o3_1h_max_ugm3},
        {'sort': 6, 'item': 'CO_24h', 'value': p.co_mgm3}
    ]) AS t(u)
),
-- O3：有8小时分指数时不看1小时 | O3: the 1 h value counts only where the 8 h value has no index
single AS (
    SELECT i.city_code, i.day, i.standard, i.sort, coalesce(max(i.iaqi) FILTER (i.item = 'O3_8h'), max(i.iaqi)) AS iaqi
    FROM item i GROUP BY ALL
),
listed AS (
    SELECT s.city_code, s.day, s.standard, list(s.iaqi ORDER BY s.sort) AS iaqis FROM single s GROUP BY s.city_code, s.day, s.standard
),
other AS (
    SELECT l.city_code, l.day, aqi_of(l.iaqis, (ref.missing_rules('missing_day'))[l.standard]).aqi AS other FROM listed l
),
judged AS (SELECT p.*, o.other FROM picked p JOIN other o USING (city_code, day))
SELECT c.name_zh AS "城市", d.year AS "年份", count(d.aqi) AS "有效天数", string_agg(DISTINCT d.standard_set, '、' ORDER BY d.standard_set) AS "原用标准",
    count(*) FILTER (d.aqi <= 100) AS "优良天数_原标准", d.standard AS "另一标准", count(*) FILTER (d.other <= 100) AS "优良天数_另一标准",
    count(*) FILTER (d.aqi <= 100 AND d.other > 100) AS "因标准转为污染的天数", count(*) FILTER (d.other > 200) AS "重污染天数_另一标准",
    round_8170(avg(d.pm25_ugm3), 0) AS "PM2.5_微克每立方米", any_value(n.limit_value) AS "年均限值", round_8170(avg(d.pm25_ugm3), 0) <= any_value(n.limit_value) AS "PM2.5达标"
FROM judged d
JOIN ref.city c USING (city_code)
LEFT JOIN annual n ON true
GROUP BY c.name_zh, d.city_code, d.year, d.standard
ORDER BY "PM2.5_微克每立方米" DESC NULLS LAST, d.city_code
