-- 各市各行业的累计用煤与同期，最近三个月的累计；没有行业代码的企业另成一类 | coal of the industries of each city now and then, years to date
-- of the last three months; firms without a division are a kind of their own
--
-- panel_firm 见 coal_panel_firm.sql | panel_firm: see coal_panel_firm.sql
SELECT city_code, month_first, coalesce(industry_division, '~none') AS industry, count(*) AS n_firms, count(now_t) AS n_now, count(then_t) AS n_then,
    CAST(coalesce(sum(now_t), 0) AS DECIMAL(18, 4)) AS now_t, CAST(coalesce(sum(then_t), 0) AS DECIMAL(18, 4)) AS then_t
FROM panel_firm
WHERE period_kind = 'ytd' AND city_code IS NOT NULL AND (now_t IS NOT NULL OR then_t IS NOT NULL)
    AND month_first > (SELECT max(month_first) - INTERVAL 3 MONTH FROM panel_firm)
GROUP BY ALL
ORDER BY city_code, month_first, abs(coalesce(sum(now_t), 0) - coalesce(sum(then_t), 0)) DESC, industry
