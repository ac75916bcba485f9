-- zh: 某市某天，各种预报是怎么说的，实况如何？
-- en: What did each forecast say of a day in a city, and what came?
-- parameter: city | 城市代码或名称；省略为全部城市 | city, by code or name; every city without it
-- parameter: day | 日期，如 2026-01-15；省略为最近一个有预报的日子 | day such as 2026-01-15; the newest that was forecast without it
WITH asked AS (
    SELECT coalesce(getvariable('day')::DATE, max(day)) AS day FROM forecast.city_day
)
SELECT c.name_zh AS "城市", f.day AS "预报日期", CASE f.model WHEN 'bulletin' THEN '预报单' WHEN 'baseline_persistence' THEN '持续性基线' WHEN 'baseline_climatology' THEN '气候基线' WHEN 'baseline_learned' THEN '学习基线' ELSE f.model END AS "方法", f.issued_at AS "发布时间",
    date_diff('day', f.issued_at::DATE, f.day) AS "时效_天", coalesce(f.aqi, f.aqi_of_available) AS "AQI", f.aqi_low AS "AQI下限",
    f.aqi_high AS "AQI上限", f.primary_pollutants AS "首要污染物", round(f.pm25_ugm3, 0) AS "PM2.5浓度",
    round(100 * f.prob_above_150, 0) AS "AQI>150概率_%", round(100 * f.prob_above_200, 0) AS "AQI>200概率_%",
    CASE f.weighting WHEN 'area' THEN '按边界面积加权' WHEN 'station' THEN '站点平均' WHEN 'city_point' THEN '城市中心一点' END AS "空间取值",
    o.aqi AS "实况AQI", o.aqi - coalesce(f.aqi, f.aqi_of_available) AS "实况减预报",
    CASE WHEN starts_with(f.model, 'baseline_') THEN '会商参考，不作定级依据' END AS "备注"
FROM forecast.city_day f
JOIN asked a ON a.day = f.day
LEFT JOIN ref.city c USING (city_code)
LEFT JOIN air.city_day o ON o.city_code = f.city_code AND o.day = f.day AND o.state <> 'partial'
WHERE getvariable('city') IS NULL OR f.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR)
QUALIFY row_number() OVER (PARTITION BY f.city_code, f.model, f.issued_at::DATE ORDER BY f.issued_at DESC) = 1
ORDER BY c.name_zh, f.issued_at DESC, f.model
