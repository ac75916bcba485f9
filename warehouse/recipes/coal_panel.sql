-- zh: 煤炭消费的升降来自续报企业，还是来自入统、退统和未报？
-- en: Does coal use rise or fall in continuing firms, or only because firms were listed, left the list or do not report?
-- parameter: period | 时段，如 2026-01..10；省略为最近的累计 | period such as 2026-01..10; the newest year to date without it
-- 退统造成的下降不是负增长 | a fall from firms that left the list is not negative growth
WITH newest AS (
    SELECT coalesce(getvariable('period')::VARCHAR, max(period)) AS period FROM coal.panel WHERE period_kind = 'ytd'
)
SELECT coalesce(c.name_zh, r.name_zh, p.area_code) AS "地区", p.period AS "时段", p.then_period AS "同期时段",
    round(any_value(p.change_pct) FILTER (p.panel_group = 'total'), 2) AS "合计增减率%",
    round(any_value(p.change_pct) FILTER (p.panel_group = 'continuing'), 2) AS "续报企业增减率%",
    round(any_value(p.change_t) FILTER (p.panel_group = 'total') / 10000, 2) AS "合计增减_万吨",
    round(any_value(p.change_t) FILTER (p.panel_group = 'continuing') / 10000, 2) AS "续报_万吨",
    round(any_value(p.change_t) FILTER (p.panel_group = 'newly_listed') / 10000, 2) AS "入统_万吨",
    round(any_value(p.change_t) FILTER (p.panel_group = 'delisted') / 10000, 2) AS "退统_万吨",
    round(any_value(p.change_t) FILTER (p.panel_group = 'not_reporting') / 10000, 2) AS "未报_万吨",
    any_value(p.n_firms) FILTER (p.panel_group = 'newly_listed') AS "入统企业数", any_value(p.n_firms) FILTER (p.panel_group = 'delisted') AS "退统企业数",
    CASE any_value(p.growth) FILTER (p.headline) WHEN 'negative_growth' THEN '负增长' WHEN 'flat' THEN '持平' WHEN 'positive_growth' THEN '正增长'
        WHEN 'not_negative_growth' THEN '合计下降，但不是负增长' END AS "结论"
FROM coal.panel p
JOIN newest n USING (period)
LEFT JOIN ref.city c ON p.area_kind = 'city' AND c.city_code = p.area_code
LEFT JOIN ref.region r ON p.area_kind = 'region' AND r.region_id = p.area_code
WHERE p.scope = 'above_scale' AND p.area_kind IN ('city', 'region')
GROUP BY ALL
ORDER BY "合计增减_万吨" DESC NULLS LAST, "地区"
