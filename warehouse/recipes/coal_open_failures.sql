-- zh: 抽检不合格、还没有办结的煤样在哪个部门手里，多久了？
-- en: Which failed coal samples are still open, with which authority, for how long?
-- class: restricted
-- parameter: days | 只看超过这么多天的；省略为全部 | only those open for more days; all without it
SELECT CASE k.route WHEN 'market_regulation' THEN '市场监管' WHEN 'ecology_environment' THEN '生态环境' ELSE '未定' END AS "处理部门",
    c.name_zh AS "城市", n.name_zh AS "县区",
    CASE k.stage WHEN 'production' THEN '生产' WHEN 'circulation' THEN '流通' ELSE '使用' END AS "环节",
    k.sample_id AS "抽样编号", k.entity_name AS "被抽样单位", k.sampled_on AS "抽样日期", k.days_open AS "历时天数", k.batch_t AS "代表批量_吨",
    k.failed_items AS "不合格项目", k.reason_zh AS "理由", CASE WHEN k.unverified THEN '限值待核实' END AS "备注"
FROM coal.inspection_check k
LEFT JOIN ref.city c ON c.city_code = k.city_code
LEFT JOIN ref.county n ON n.county_code = k.county_code
WHERE k.is_open AND k.days_open > coalesce(getvariable('days')::INTEGER, -1)
ORDER BY k.route, k.days_open DESC, k.sample_id
