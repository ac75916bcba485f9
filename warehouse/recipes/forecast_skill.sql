-- zh: 各种预报各时效准不准，比持续性好多少？
-- en: How good were the forecasts by lead time, and how much better than persistence?
-- parameter: city | 城市代码或名称；省略为全部城市合计 | city, by code or name; all together without it
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
WITH picked AS (
    SELECT v.*, CASE WHEN v.city_code = 'all' THEN '全部' ELSE c.name_zh END AS city
    FROM forecast.verification v LEFT JOIN ref.city c USING (city_code)
    WHERE v.period = coalesce(getvariable('year')::VARCHAR, (SELECT max(period) FROM forecast.verification WHERE length(period) = 4))
        AND CASE WHEN getvariable('city') IS NULL THEN v.city_code = 'all'
            ELSE v.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR) END
)
SELECT city AS "城市", period AS "年份", item AS "项目", CASE model WHEN 'bulletin' THEN '预报单' WHEN 'baseline_persistence' THEN '持续性基线' WHEN 'baseline_climatology' THEN '气候基线' WHEN 'baseline_learned' THEN '学习基线' ELSE model END AS "方法", lead_days AS "时效_天", n AS "对数",
    round(bias, 1) AS "偏差", round(mae, 1) AS "平均绝对误差", round(rmse, 1) AS "均方根误差",
    round(rmse_persistence, 1) AS "持续性均方根误差", round(skill, 2) AS "技巧", round(100 * level_hit_rate, 0) AS "级别命中率_%",
    round(100 * range_hit_rate, 0) AS "区间命中率_%", round(pinball, 1) AS "分位损失", round(pinball_persistence, 1) AS "持续性分位损失",
    CASE WHEN n < 30 THEN '样本不足' END AS "备注"
FROM picked
ORDER BY city, item, lead_days, skill DESC NULLS LAST, model
