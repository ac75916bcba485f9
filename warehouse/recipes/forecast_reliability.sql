-- zh: 说有几成把握的重污染日，实际来了几成？
-- en: Of the days called heavy with a given chance, how many came?
-- parameter: first | 预报日自此日起；省略为全部 | days forecast from this day on; all without it
-- parameter: until | 预报日至此日止；省略为全部 | days forecast up to this day; all without it
WITH said AS (
    SELECT t.threshold, p.likely, o.aqi > t.threshold AS came
    FROM forecast.city_day f
    JOIN air.city_day o ON o.city_code = f.city_code AND o.day = f.day AND o.state <> 'partial' AND o.aqi IS NOT NULL,
        unnest([150, 200]) AS t(threshold),
        unnest([CASE t.threshold WHEN 150 THEN f.prob_above_150 ELSE f.prob_above_200 END]) AS p(likely)
    WHERE p.likely IS NOT NULL
        AND (getvariable('first') IS NULL OR f.day >= getvariable('first')::DATE)
        AND (getvariable('until') IS NULL OR f.day <= getvariable('until')::DATE)
),
bin AS (
    SELECT t.threshold, b.number FROM unnest([150, 200]) AS t(threshold), range(10) AS b(number)
)
SELECT 'AQI>' || b.threshold AS "界值", (b.number * 10) || '–' || (b.number * 10 + 10) || '%' AS "预报概率", count(s.likely) AS "次数",
    round(100 * avg(s.likely), 0) AS "平均概率_%", round(100 * avg(s.came::INTEGER), 0) AS "实际出现_%",
    CASE WHEN count(s.likely) < 30 THEN '样本不足' END AS "备注"
FROM bin b
LEFT JOIN said s ON s.threshold = b.threshold AND least(floor(s.likely * 10), 9) = b.number
GROUP BY b.threshold, b.number
ORDER BY b.threshold, b.number
