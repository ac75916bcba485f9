-- zh: 要完成目标，今年剩下的几个月每地还能烧多少煤？
-- en: How much coal may each place still burn this year and keep its target?
-- parameter: year | 目标年；省略为本年 | year of the targets; this year without it
-- 余量为负：已经超过全年允许量 | a negative rest: the year is over its limit already
SELECT area_name AS "地区", target_id AS "目标编号", as_of_month AS "截至月份",
    CASE unit WHEN 'tce' THEN '万吨标准煤' ELSE '万吨' END AS "单位",
    round(limit_amount / 10000, 2) AS "全年允许", round(actual_amount / 10000, 2) AS "已用", round(rest_amount / 10000, 2) AS "余量",
    rest_months AS "剩余月数", round(rest_month_amount / 10000, 2) AS "余量月均", round(actual_amount / months_elapsed / 10000, 2) AS "已用月均",
    round(projected_amount / 10000, 2) AS "年底预计", round((projected_amount - limit_amount) / 10000, 2) AS "预计超出",
    CASE projected_verdict WHEN 'pass' THEN '预计完成' WHEN 'fail' THEN '预计超出' END AS "预计结论", CASE projection_method WHEN 'last_year_profile' THEN '按上年各月比例' WHEN 'linear' THEN '按月平均' WHEN 'final' THEN '全年已结束' END AS "预计方法"
FROM coal.target_check
WHERE unit IN ('t', 'tce') AND rest_amount IS NOT NULL
    AND stat_year = coalesce(getvariable('year')::INTEGER, (SELECT left(max(as_of_month), 4)::INTEGER FROM coal.target_check))
ORDER BY rest_amount, area_code, target_id
