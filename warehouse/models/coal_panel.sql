-- 同口径企业同比：各地区、当月与累计、规上工业与各“非电”规则，续报、入统、退统、未报企业分列
-- Year-on-year of the panel: by area, month and year to date, above-scale industry and every rule of non-power, firms that
-- continue, were newly listed, left the list or do not report, and all of them
--
-- panel_firm：coal_panel_firm.sql 的结果；panel_rule：coal_panel_rule.sql 的结果（企业在各规则下的非电比例）
-- 合计下降而续报企业未下降，不是负增长 | a total that falls while the continuing firms do not is no negative growth
-- 杨陵、韩城既在所属城市内，也单列，不重复相加 | Yangling and Hancheng are inside their cities and shown apart as well, never added twice
WITH profile AS (
    -- firms that count alike under every rule; one with a part of its coal left out stands alone, so that rounding is by firm
    SELECT credit_code, CASE WHEN bool_or(share <> 1) THEN credit_code ELSE string_agg(scope_rule, ',' ORDER BY scope_rule) END AS profile
    FROM panel_rule GROUP BY credit_code
),
profile_rule AS (
    SELECT DISTINCT p.profile, r.scope, r.scope_rule, r.share FROM panel_rule r JOIN profile p USING (credit_code)
),
by_profile AS (
    SELECT p.profile, f.province_code, f.city_code, f.county_code, f.period_kind, f.month_first, f.panel_group,
        count(*) AS n_firms, count(*) FILTER (f.now_known) AS n_now, count(*) FILTER (f.then_known) AS n_then,
        CAST(sum(f.now_t) AS DECIMAL(18, 4)) AS now_t, CAST(sum(f.then_t) AS DECIMAL(18, 4)) AS then_t
    FROM panel_firm f JOIN profile p USING (credit_code)
    GROUP BY ALL
),
by_county AS (
    SELECT b.province_code, b.city_code, b.county_code, b.period_kind, b.month_first, r.scope, r.scope_rule, b.panel_group,
        sum(b.n_firms) AS n_firms, sum(b.n_now) AS n_now, sum(b.n_then) AS n_then,
        sum(CAST(b.now_t * r.share AS DECIMAL(18, 4))) AS now_t, sum(CAST(b.then_t * r.share AS DECIMAL(18, 4))) AS then_t
    FROM by_profile b JOIN profile_rule r USING (profile)
    GROUP BY ALL
),
areas AS (
    SELECT 'county' AS area_kind, county_code AS area_code, 'county' AS member_kind, county_code AS member_code
    FROM by_county WHERE county_code IS NOT NULL
    UNION SELECT 'city', city_code, 'city', city_code FROM by_county WHERE city_code IS NOT NULL
    UNION SELECT 'province', province_code, 'province', province_code FROM by_county WHERE province_code IS NOT NULL
    UNION SELECT 'unit', unit_id, 'county', unit_id FROM ref.assessment_unit WHERE kind = 'unit'
    UNION SELECT region_id, region_id, 'city', area_code FROM (SELECT DISTINCT region_id, area_code FROM ref.region_city WHERE role = 'city')
),
grouped AS (
    SELECT CASE WHEN a.area_kind IN ('county', 'city', 'province', 'unit') THEN a.area_kind ELSE 'region' END AS area_kind, a.area_code,
        c.period_kind, c.month_first, c.scope, c.scope_rule, coalesce(g.panel_group, c.panel_group) AS panel_group,
        sum(c.n_firms) AS n_firms, sum(c.n_now) AS n_now, sum(c.n_then) AS n_then,
        sum(c.now_t) AS now_t, sum(c.then_t) AS then_t
    FROM by_county c
    JOIN areas a ON a.member_code = CASE a.member_kind WHEN 'county' THEN c.county_code WHEN 'city' THEN c.city_code ELSE c.province_code END
    CROSS JOIN (VALUES (NULL), ('total')) g(panel_group)
    GROUP BY ALL
),
changed AS (
    SELECT *, coalesce(now_t, 0) - coalesce(then_t, 0) AS change_t,
        max(coalesce(now_t, 0) - coalesce(then_t, 0)) FILTER (panel_group = 'continuing') OVER same_panel AS continuing_change_t,
        coalesce(max(n_firms) FILTER (panel_group = 'continuing') OVER same_panel, 0) AS n_continuing
    FROM grouped
    WINDOW same_panel AS (PARTITION BY area_kind, area_code, period_kind, month_first, scope, scope_rule)
)
SELECT area_kind, area_code, period_kind,
    CASE period_kind WHEN 'month' THEN strftime(month_first, '%Y-%m') ELSE strftime(month_first, '%Y-01..%m') END AS period,
    CASE period_kind WHEN 'month' THEN strftime(month_first - INTERVAL 1 YEAR, '%Y-%m') ELSE strftime(month_first - INTERVAL 1 YEAR, '%Y-01..%m') END AS then_period,
    scope, scope_rule, panel_group,
    CAST(n_firms AS INTEGER) AS n_firms, CAST(n_now AS INTEGER) AS n_now, CAST(n_then AS INTEGER) AS n_then,
    CAST(now_t AS DECIMAL(18, 4)) AS now_t, CAST(then_t AS DECIMAL(18, 4)) AS then_t, CAST(change_t AS DECIMAL(18, 4)) AS change_t,
    CASE WHEN then_t <> 0 THEN CAST(change_t AS DOUBLE) * 100 / CAST(then_t AS DOUBLE) END AS change_pct,
    panel_group = 'continuing' AS headline,
    CASE
        WHEN panel_group NOT IN ('total', 'continuing') OR coalesce(then_t, 0) = 0 THEN NULL
        WHEN panel_group = 'total' AND change_t < 0 AND coalesce(continuing_change_t, 0) >= 0 THEN 'not_negative_growth'
        WHEN change_t < 0 THEN 'negative_growth' WHEN change_t = 0 THEN 'flat' ELSE 'positive_growth'
    END AS growth,
    CASE WHEN panel_group = 'total' AND change_t < 0 AND coalesce(continuing_change_t, 0) >= 0
        THEN '合计下降而续报企业未下降：退统、未报造成的下降不是负增长' END AS note_zh,
    CASE WHEN panel_group = 'total' AND change_t < 0 AND coalesce(continuing_change_t, 0) >= 0
        THEN 'the total fell, the continuing firms did not: a fall from firms that left or do not report is not negative growth' END AS note_en
FROM changed
