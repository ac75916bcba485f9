-- zh: 哪些用煤项目替代量不足，为什么？
-- en: Which projects lack coal replacement, and why?
-- class: restricted
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
WITH refused AS (
    SELECT project_code, count(*) AS n, sum(cut_t) AS cut_t,
        string_agg(source_id || '：' || reasons_zh, '；' ORDER BY source_id) AS reasons
    FROM coal.replacement_source_check WHERE status <> 'accepted' GROUP BY project_code
)
SELECT c.name_zh AS "城市", k.project_code AS "项目代码", k.project_name AS "项目",
    CASE k.stage WHEN 'approval' THEN '审批' WHEN 'commissioning' THEN '投产' ELSE '运行' END AS "阶段", k.stat_year AS "年份",
    CASE k.verdict WHEN 'fail' THEN '不符合' WHEN 'insufficient' THEN '资料不足' ELSE '待核实' END AS "结论", k.verdict_zh AS "意见",
    round(k.demand_t / 10000, 2) AS "新增用煤_万吨", round(k.required_t / 10000, 2) AS "应替代_万吨", round(k.valid_t / 10000, 2) AS "认可_万吨",
    round(k.shortfall_t / 10000, 2) AS "缺口_万吨", round(k.excess_t / 10000, 2) AS "超批复_万吨",
    r.n AS "未认可来源数", round(r.cut_t / 10000, 2) AS "未认可_万吨", r.reasons AS "未认可原因", k.notes_zh AS "说明"
FROM coal.replacement_check k
LEFT JOIN refused r USING (project_code)
LEFT JOIN ref.city c ON c.city_code = k.city_code
WHERE k.verdict NOT IN ('pass', 'not_applicable')
    AND (getvariable('city') IS NULL OR k.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR))
ORDER BY k.verdict, k.shortfall_t DESC NULLS LAST, k.project_code, k.stage, k.stat_year
