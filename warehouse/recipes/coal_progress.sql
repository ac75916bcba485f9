-- zh: 各地煤炭目标完成得怎样？
-- en: How do the coal targets stand?
-- parameter: year | 目标年；省略为本年 | year of the targets; this year without it
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
WITH shown AS (
    SELECT *, CASE WHEN unit IN ('t', 'tce') THEN 10000 ELSE 1 END AS divisor,
        CASE unit WHEN 't' THEN '万吨' WHEN 'tce' THEN '万吨标准煤' WHEN 'household' THEN '户' ELSE unit END AS unit_zh
    FROM coal.target_check
    WHERE stat_year = coalesce(getvariable('year')::INTEGER, (SELECT left(max(as_of_month), 4)::INTEGER FROM coal.target_check))
        AND (getvariable('city') IS NULL OR area_code = getvariable('city')::VARCHAR OR contains(area_name, getvariable('city')::VARCHAR))
)
SELECT area_name AS "地区", target_id AS "目标编号",
    CASE kind WHEN 'cap' THEN '不超过' WHEN 'cut' THEN '削减量' WHEN 'percent' THEN '相对变化' WHEN 'negative_growth' THEN '负增长'
        ELSE '状态要求' END AS "类型",
    CASE scope WHEN 'society' THEN '全社会' WHEN 'above_scale' THEN '规上工业' WHEN 'above_scale_non_power' THEN '规上工业非电'
        ELSE '散煤' END AS "口径",
    period AS "时段", baseline_period AS "比较时段", unit_zh AS "单位",
    round(actual_amount / divisor, 2) AS "累计", round(baseline_amount / divisor, 2) AS "同期或基准",
    round(change_amount / divisor, 2) AS "增减", round(change_pct, 2) AS "增减率%",
    round(task_amount / divisor, 2) AS "任务", round(achieved_amount / divisor, 2) AS "已完成",
    round(task_share_pct, 2) AS "完成比例%", round(time_share_linear_pct, 2) AS "按月数应达%", round(time_share_profile_pct, 2) AS "按上年各月应达%",
    CASE verdict WHEN 'pass' THEN '✔ 完成' WHEN 'fail' THEN '✖ 未完成' WHEN 'on_schedule' THEN '✔ 达到序时' WHEN 'behind' THEN '▲ 落后序时'
        WHEN 'not_comparable' THEN '≠ 不可比' WHEN 'insufficient' THEN '… 数据不足' ELSE '? 待核实' END AS "结论",
    verdict_zh AS "说明"
FROM shown
ORDER BY area_kind <> 'region', area_code, target_id
