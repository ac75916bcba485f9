-- zh: 要完成空气质量目标，剩下的日子 PM2.5 平均不能超过多少、还要多少优良天、还能有几个重污染天？
-- en: To meet the air targets, what may PM2.5 average in the days left, how many good days are needed, how many heavy days may come?
-- parameter: year | 目标年；省略为最近一年 | year of the targets; the newest without it
-- parameter: city | 城市或区域的代码或名称；省略为全部 | city or region, by code or name; all without it
WITH newest AS (
    SELECT * FROM air.target_progress
    WHERE left(period, 4) = coalesce(getvariable('year')::VARCHAR, (SELECT max(left(period, 4)) FROM air.target_progress))
    QUALIFY as_of_day = max(as_of_day) OVER (PARTITION BY target_id)
)
SELECT coalesce(r.name_zh, u.name_zh, c.name_zh, n.area_code) AS "地区", n.period AS "时段",
    CASE n.metric WHEN 'pm25_mean' THEN 'PM2.5 平均' WHEN 'pm25_mean_change_pct' THEN 'PM2.5 同比%' WHEN 'good_days' THEN '优良天数' WHEN 'good_days_pct' THEN '优良率%'
        WHEN 'heavy_days' THEN '重污染天数' WHEN 'heavy_days_change_pct' THEN '重污染天数同比%' ELSE n.metric END AS "指标",
    n.target_value AS "目标", round_8170(n.target_absolute, 1) AS "折合绝对值", round_8170(n.value_so_far, 1) AS "目前", n.as_of_day AS "截至", round_8170(n.n_valid_days, 0) AS "有效天数",
    n.n_days_left AS "剩余天数", round_8170(n.allowed_mean_rest_ugm3, 1) AS "剩余平均至多", round_8170(n.good_days_needed, 0) AS "还需优良天", round_8170(n.heavy_days_left, 1) AS "还可重污染天",
    CASE n.on_track WHEN true THEN '✔ 照此可完成' WHEN false THEN '▲ 照此不能完成' ELSE '… 数据不足' END AS "趋势", n.target_id AS "目标编号"
FROM newest n
LEFT JOIN ref.region r ON n.area_kind = 'region' AND r.region_id = n.area_code
LEFT JOIN ref.assessment_unit u ON n.area_kind = 'unit' AND u.unit_id = n.area_code
LEFT JOIN ref.city c ON n.area_kind = 'city' AND c.city_code = n.area_code
WHERE getvariable('city') IS NULL OR n.area_code = getvariable('city')::VARCHAR OR contains(coalesce(r.name_zh, u.name_zh, c.name_zh), getvariable('city')::VARCHAR)
ORDER BY n.area_kind = 'region' DESC, n.metric, n.area_code, n.target_id
