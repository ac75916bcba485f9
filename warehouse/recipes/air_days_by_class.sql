-- zh: 各市一年里优、良、轻度、中度、重度、严重污染各多少天，首要污染物是什么？
-- en: How many days of each AQI class did the cities have in a year, and which pollutants were primary?
-- class: public
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- 各日按当日有效的标准计；首要污染物可并列，各计一天 | each day under the standard of that day; primary pollutants that tie count a day each
WITH asked AS (
    SELECT coalesce(getvariable('year')::INTEGER, (SELECT year(max(day)) FROM air.city_day)) AS year
),
picked AS (
    SELECT d.*, string_split(d.primary_pollutants, ',') AS primaries, a.year
    FROM air.city_day d CROSS JOIN asked a
    WHERE d.day >= make_date(a.year, 1, 1) AND d.day < make_date(a.year + 1, 1, 1)
)
SELECT c.name_zh AS "城市", p.year AS "年份", count(p.aqi) AS "有效天数", count(*) - count(p.aqi) AS "无 AQI 天数",
    count(*) FILTER (p.aqi <= 50) AS "优", count(*) FILTER (p.aqi BETWEEN 51 AND 100) AS "良", count(*) FILTER (p.aqi BETWEEN 101 AND 150) AS "轻度污染",
    count(*) FILTER (p.aqi BETWEEN 151 AND 200) AS "中度污染", count(*) FILTER (p.aqi BETWEEN 201 AND 300) AS "重度污染", count(*) FILTER (p.aqi > 300) AS "严重污染",
    round_8170(count(*) FILTER (p.aqi <= 100) * 100 / nullif(count(p.aqi), 0), 1) AS "优良率%",
    count(*) FILTER (list_contains(p.primaries, 'PM2.5')) AS "首要PM2.5天数", count(*) FILTER (list_contains(p.primaries, 'PM10')) AS "首要PM10天数",
    count(*) FILTER (list_contains(p.primaries, 'NO2')) AS "首要NO2天数", count(*) FILTER (list_contains(p.primaries, 'O3')) AS "首要O3天数",
    string_agg(DISTINCT p.standard_set, '、' ORDER BY p.standard_set) AS "标准"
FROM picked p
JOIN ref.city c USING (city_code)
WHERE getvariable('city') IS NULL OR p.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR)
GROUP BY c.name_zh, p.city_code, p.year
ORDER BY "优良率%" DESC NULLS LAST, p.city_code
