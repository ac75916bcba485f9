-- zh: 扣除原料用煤、煤矸石前后，结论是否不同？
-- en: Does the verdict change once feedstock coal and gangue are taken off?
-- parameter: year | 目标年；省略为全部 | year of the targets; all without it
-- 2023 年底起考核扣除原料用煤与煤矸石；只因口径而来的“下降”在这里看得见 | since the plan of 2023 both are left out: a fall by definition alone shows here
WITH word(said) AS (
    VALUES (MAP {'pass': '完成', 'fail': '未完成', 'on_schedule': '达到序时', 'behind': '落后序时', 'not_comparable': '不可比', 'insufficient': '数据不足',
        'unverified': '待核实'})
)
SELECT area_name AS "地区", target_id AS "目标编号", stat_year AS "目标年", period AS "时段", baseline_period AS "比较时段",
    CASE unit WHEN 'tce' THEN '万吨标准煤' ELSE '万吨' END AS "单位",
    round(gross_actual_amount / 10000, 2) AS "全口径", round(gross_baseline_amount / 10000, 2) AS "全口径同期", round(gross_change_pct, 2) AS "全口径增减率%",
    round(assessed_actual_amount / 10000, 2) AS "考核口径", round(assessed_baseline_amount / 10000, 2) AS "考核口径同期",
    round(assessed_change_pct, 2) AS "考核口径增减率%", assessed_exclusions AS "考核剔除项",
    round((gross_actual_amount - assessed_actual_amount) / 10000, 2) AS "本期剔除量", said[gross_verdict] AS "全口径结论", said[assessed_verdict] AS "考核口径结论",
    CASE WHEN gross_verdict IS NULL OR assessed_verdict IS NULL THEN '只有一种口径' WHEN gross_verdict = assessed_verdict THEN '相同'
        ELSE '不同：先核口径' END AS "比较"
FROM coal.target_check CROSS JOIN word
WHERE unit IN ('t', 'tce') AND gross_actual_amount IS NOT NULL AND stat_year = coalesce(getvariable('year')::INTEGER, stat_year)
ORDER BY "比较" = '不同：先核口径' DESC, stat_year DESC, area_code, target_id
