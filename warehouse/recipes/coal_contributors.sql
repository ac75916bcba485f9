-- zh: 煤炭消费增长主要是哪些企业拉动的？
-- en: Which firms drive the rise in coal use?
-- class: restricted
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- parameter: period | 时段，如 2026-01..10；省略为最近的累计 | period such as 2026-01..10; the newest year to date without it
-- 企业行涉密，不得对外 | rows of firms are confidential
WITH newest AS (
    SELECT coalesce(getvariable('period')::VARCHAR, max(period)) AS period FROM coal.contribution WHERE period_kind = 'ytd'
)
SELECT coalesce(c.name_zh, k.area_code) AS "城市", k.rank AS "名次", k.contributor_name AS "企业", k.contributor_code AS "统一社会信用代码",
    CASE k.panel_group WHEN 'continuing' THEN '续报' WHEN 'newly_listed' THEN '入统' WHEN 'delisted' THEN '退统' WHEN 'not_reporting' THEN '未报' END AS "企业组",
    k.period AS "时段", k.then_period AS "同期时段", round(k.now_t / 10000, 2) AS "本期_万吨", round(k.then_t / 10000, 2) AS "同期_万吨",
    round(k.change_t / 10000, 2) AS "增量_万吨", round(k.points_pct, 2) AS "拉动百分点", round(k.share_pct, 1) AS "占全市增减%"
FROM coal.contribution k
JOIN newest n USING (period)
LEFT JOIN ref.city c ON c.city_code = k.area_code
WHERE k.area_kind = 'city' AND k.scope = 'above_scale' AND k.contributor_kind = 'firm' AND k.change_t > 0
    AND (getvariable('city') IS NULL OR k.area_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR))
ORDER BY k.change_t DESC, k.area_code, k.contributor_code
LIMIT 50
