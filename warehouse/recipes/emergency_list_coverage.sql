-- zh: 减排清单里各行业、各级别覆盖了多少，减多少？
-- en: How much of each sector does the emission list cover, and what does it cut at each level?
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- parameter: pollutant | 污染物：SO2、NOx、PM、VOCs；省略为全部 | pollutant: SO2, NOx, PM or VOCs; all without it
-- 每市最新备案的版本；不足三家的行业并入“其他” | the newest filed version of each city; sectors of fewer than three firms are among others
WITH used AS (
    SELECT version_id, city_code FROM emergency.list_version WHERE state = 'filed'
    QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY list_year DESC, version_no DESC) = 1
),
part AS (
    SELECT u.version_id, u.city_code, k.part, k.pollutant, max(k.n_members) AS n_members, max(k.base_kgd) AS base_kgd,
        any_value(k.cut_kgd * 100 / nullif(k.base_kgd, 0)) FILTER (k.level = 'yellow') AS yellow,
        any_value(k.cut_kgd * 100 / nullif(k.base_kgd, 0)) FILTER (k.level = 'orange') AS orange,
        any_value(k.cut_kgd * 100 / nullif(k.base_kgd, 0)) FILTER (k.level = 'red') AS red, any_value(k.cut_kgd) FILTER (k.level = 'red') AS red_kgd
    FROM emergency.cut_part k JOIN used u USING (version_id)
    WHERE k.basis = 'filed' AND k.part_kind = 'industry' AND (getvariable('pollutant') IS NULL OR lower(k.pollutant) = lower(getvariable('pollutant')::VARCHAR))
    GROUP BY ALL
),
whole AS (
    SELECT version_id, pollutant, any_value(total_kgd) AS total_kgd FROM emergency.reduction WHERE basis = 'filed' GROUP BY ALL
)
SELECT c.name_zh AS "城市", CASE p.part WHEN '~other' THEN '其他（不足三家者合并）' ELSE p.part END AS "行业", p.pollutant AS "污染物", p.n_members AS "家数",
    round(p.base_kgd, 1) AS "清单基准_千克每天", round(p.base_kgd * 100 / w.total_kgd, 1) AS "占全社会%", round(p.yellow, 1) AS "黄色减排%", round(p.orange, 1) AS "橙色减排%",
    round(p.red, 1) AS "红色减排%", round(p.red_kgd, 1) AS "红色减排_千克每天"
FROM part p
LEFT JOIN whole w USING (version_id, pollutant)
LEFT JOIN ref.city c USING (city_code)
WHERE getvariable('city') IS NULL OR p.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR)
ORDER BY p.city_code, p.pollutant, p.base_kgd DESC, p.part
