-- zh: 各市清单各级减排比例够不够最低要求，差多少？
-- en: Do the lists reach the minimum reduction at each level, and how much is lacking?
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- parameter: level | 级别：yellow、orange、red 或 黄色、橙色、红色；省略为全部 | level: yellow, orange or red; all without it
-- 比例的分母是全社会排放量；“上限”为存疑措施全部算上 | shares are of the emission of the whole society; the upper ratio counts every doubtful measure
WITH used AS (
    SELECT version_id FROM emergency.list_version WHERE state = 'filed'
    QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY list_year DESC, version_no DESC) = 1
),
word(level, zh, sort) AS (VALUES ('yellow', '黄色', 1), ('orange', '橙色', 2), ('red', '红色', 3))
SELECT c.name_zh AS "城市", w.zh AS "级别", r.pollutant AS "污染物", round(r.total_kgd, 0) AS "全社会_千克每天", round(r.cut_kgd, 0) AS "可减_千克每天",
    round(r.ratio_pct, 1) AS "减排比例%", round(r.ratio_high_pct, 1) AS "上限%", r.required_pct AS "最低要求%", round(r.ratio_pct - r.required_pct, 1) AS "高出百分点",
    round(r.shortfall_kgd, 0) AS "缺_千克每天",
    CASE r.verdict WHEN 'met' THEN '✔ 达到' WHEN 'not_met' THEN '✖ 未达到' WHEN 'doubtful' THEN '？存疑' ELSE '… 数据不足' END AS "结论",
    CASE WHEN NOT r.verified THEN '最低要求待核实' END AS "备注", r.version_id AS "清单版本"
FROM emergency.reduction r
JOIN used USING (version_id)
JOIN word w USING (level)
LEFT JOIN ref.city c USING (city_code)
WHERE r.basis = 'filed' AND (getvariable('level') IS NULL OR getvariable('level')::VARCHAR IN (w.level, w.zh))
    AND (getvariable('city') IS NULL OR r.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR))
ORDER BY r.ratio_pct - r.required_pct NULLS FIRST, r.city_code, w.sort, r.pollutant
