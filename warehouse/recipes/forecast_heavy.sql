-- zh: 重污染日报出来了多少，空报多少，比持续性如何？
-- en: How many heavy days were forecast, how many false alarms, and how does that compare with persistence?
-- parameter: city | 城市代码或名称；省略为全部城市合计 | city, by code or name; all together without it
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
WITH picked AS (
    SELECT v.*, CASE WHEN v.city_code = 'all' THEN '全部' ELSE c.name_zh END AS city
    FROM forecast.verification_event v LEFT JOIN ref.city c USING (city_code)
    WHERE v.period = coalesce(getvariable('year')::VARCHAR, (SELECT max(period) FROM forecast.verification_event WHERE length(period) = 4))
        AND CASE WHEN getvariable('city') IS NULL THEN v.city_code = 'all'
            ELSE v.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR) END
)
SELECT p.city AS "城市", p.period AS "年份", 'AQI>' || p.threshold AS "界值", CASE p.model WHEN 'bulletin' THEN '预报单' WHEN 'baseline_persistence' THEN '持续性基线' WHEN 'baseline_climatology' THEN '气候基线' WHEN 'baseline_learned' THEN '学习基线' ELSE p.model END AS "方法", p.lead_days AS "时效_天",
    CASE p.said_by WHEN 'aqi' THEN '中值' WHEN 'aqi_high' THEN '上限' ELSE '概率研判' END AS "依据",
    p.n AS "对数", p.n_observed AS "实况日数", p.n_hit AS "命中", p.n_miss AS "漏报", p.n_false AS "空报",
    round(100 * p.hit_rate, 0) AS "命中率_%", round(100 * p.false_alarm_ratio, 0) AS "空报率_%", round(p.csi, 2) AS "CSI（临界成功指数）",
    round(b.csi, 2) AS "持续性临界成功指数", round(p.brier, 3) AS "Brier评分", round(b.brier, 3) AS "持续性Brier评分",
    CASE WHEN p.n_observed < 10 THEN '样本不足' END AS "备注"
FROM picked p
LEFT JOIN picked b ON b.said_by = 'persistence' AND b.city_code = p.city_code AND b.model = p.model
    AND b.lead_days = p.lead_days AND b.threshold = p.threshold
WHERE p.said_by <> 'persistence'
ORDER BY p.city, p.threshold, p.lead_days, p.csi DESC NULLS LAST, p.model, "依据"
