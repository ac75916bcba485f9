-- zh: 各站点哪几天缺小时数据（热力图：一天一格）？
-- en: On which days did each station lack hours (a heat map, one cell a day)?
-- class: public
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- parameter: first | 首日；省略为最近 30 天 | first day; the last 30 days without it
-- parameter: until | 末日（含）；省略为最近一个整天 | last day, inclusive; the newest whole day without it
-- 缺：六项都没有值的小时 | missing: an hour without a value of any of the six
-- 每格：· 不缺，░ 缺 1–5 小时，▒ 6–11，▓ 12–23，█ 全天 | a cell: · none, ░ 1–5 hours, ▒ 6–11, ▓ 12–23, █ the whole day
WITH asked AS (
    SELECT coalesce(getvariable('first')::DATE, until - 29) AS first, until
    FROM (SELECT coalesce(getvariable('until')::DATE, (SELECT max(hour_end)::DATE - 1 FROM air.station_hour)) AS until)
),
day AS (SELECT unnest(generate_series(first, until, INTERVAL 1 DAY))::DATE AS day FROM asked),
station AS (
    SELECT s.station_code, s.name_zh, s.city_code, c.name_zh AS city FROM ref.station s LEFT JOIN ref.city c USING (city_code)
    WHERE getvariable('city') IS NULL OR s.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR)
),
received AS (
    SELECT h.station_code, (h.hour_end - INTERVAL 1 HOUR)::DATE AS day, count(*) AS n FROM air.station_hour h CROSS JOIN asked a
    WHERE h.hour_end > a.first AND h.hour_end <= a.until + INTERVAL 1 DAY
        AND coalesce(h.pm25_ugm3, h.pm10_ugm3, h.so2_ugm3, h.no2_ugm3, h.o3_ugm3, h.co_mgm3) IS NOT NULL
    GROUP BY ALL
),
cell AS (SELECT s.*, d.day, 24 - coalesce(r.n, 0) AS n_missing FROM station s CROSS JOIN day d LEFT JOIN received r USING (station_code, day))
SELECT city AS "城市", coalesce(name_zh, station_code) AS "站点", station_code AS "站点编码", min(day) AS "自", max(day) AS "至", count(*) * 24 AS "应有小时数",
    sum(n_missing)::INTEGER AS "缺小时数", round_8170(sum(n_missing) * 100 / (count(*) * 24), 1) AS "缺测率%",
    string_agg(CASE WHEN n_missing <= 0 THEN '·' WHEN n_missing < 6 THEN '░' WHEN n_missing < 12 THEN '▒' WHEN n_missing < 24 THEN '▓' ELSE '█' END, '' ORDER BY day)
        AS "逐日",
    count(*) FILTER (n_missing >= 24) AS "全天缺测天数", arg_max(day, (n_missing, day)) FILTER (n_missing > 0) AS "缺得最多的一天"
FROM cell
GROUP BY city_code, city, name_zh, station_code
ORDER BY "缺小时数" DESC, city_code, station_code
