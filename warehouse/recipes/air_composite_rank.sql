-- zh: 综合指数各市排第几，哪一项拖了后腿，比上年同期改善多少？
-- en: How do the cities rank by composite index, which pollutant weighs most, and how much better is it than the year before?
-- class: public
-- parameter: period | 时段，如 2026、2026-10、2026-Q3、2026-winter；省略为最近一月 | period such as 2026, 2026-10, 2026-Q3, 2026-winter; the newest month without it
-- parameter: region | 区域名单，如 fenwei_2023（默认）| list of cities, such as fenwei_2023 (default)
-- parameter: units | 是否与考核单元（杨凌、韩城等）并列：是/否（默认否）| with assessment units side by side: yes or no (default)
WITH asked AS (
    SELECT coalesce(getvariable('region')::VARCHAR, 'fenwei_2023') AS region,
        coalesce(getvariable('period')::VARCHAR, (SELECT max(period) FROM air.ranking WHERE regexp_full_match(period, '\d{4}-\d{2}'))) AS period,
        CASE WHEN lower(coalesce(getvariable('units')::VARCHAR, 'no')) IN ('是', 'yes', 'true', '1') THEN 'unit' ELSE 'city' END AS list_kind
)
SELECT r.rank AS "名次", coalesce(c.name_zh, u.name_zh, r.city_code) AS "城市", r.period AS "时段", r.composite_index AS "综合指数",
    r.index_pm25 AS "PM2.5指数", r.index_pm10 AS "PM10指数", r.index_so2 AS "SO2指数", r.index_no2 AS "NO2指数", r.index_o3 AS "O3指数", r.index_co AS "CO指数",
    CASE greatest(r.index_pm25, r.index_pm10, r.index_so2, r.index_no2, r.index_o3, r.index_co) WHEN r.index_pm25 THEN 'PM2.5' WHEN r.index_pm10 THEN 'PM10'
        WHEN r.index_o3 THEN 'O3' WHEN r.index_no2 THEN 'NO2' WHEN r.index_so2 THEN 'SO2' WHEN r.index_co THEN 'CO' END AS "最大单项",
    r.composite_index_before AS "上年同期", r.change_pct AS "同比%", r.rank_improvement AS "改善名次", r.good_days AS "优良天数", r.heavy_days AS "重污染天数",
    CASE WHEN NOT r.sufficient THEN '数据不足，不排名' END AS "备注", r.standard_set AS "标准"
FROM air.ranking r
JOIN asked a ON a.region = r.region_id AND a.period = r.period AND a.list_kind = r.list_kind
LEFT JOIN ref.city c ON r.area_kind = 'city' AND c.city_code = r.city_code
LEFT JOIN ref.assessment_unit u ON r.area_kind = 'unit' AND u.unit_id = r.city_code
ORDER BY r.rank NULLS LAST, r.composite_index, r.city_code
