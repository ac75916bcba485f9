-- 增减贡献：累计用煤的增减中，各市对区域、企业对城市各占多少，增减最大者在前；企业只列前若干名，其余合为一行
-- Who makes the change of a year to date: cities in a region, firms in a city, the largest first; of firms only the first
-- ones, the others as one row, so that the rows of an area add up to its change
--
-- 只列最近三个月的累计 | years to date of the last three months only
-- panel_firm、panel_rule 见 coal_panel.sql；$n_firms 每市列出的企业数 | firms listed of a city
WITH firm AS (
    SELECT 'city' AS area_kind, f.city_code AS area_code, f.period_kind, f.month_first, r.scope, r.scope_rule,
        'firm' AS contributor_kind, f.credit_code AS contributor_code, f.firm_name AS contributor_name, f.panel_group,
        CAST(coalesce(f.now_t, 0) * r.share AS DECIMAL(18, 4)) AS now_t, CAST(coalesce(f.then_t, 0) * r.share AS DECIMAL(18, 4)) AS then_t
    FROM panel_firm f JOIN panel_rule r USING (credit_code)
    WHERE f.period_kind = 'ytd' AND f.city_code IS NOT NULL AND (f.now_t IS NOT NULL OR f.then_t IS NOT NULL)
        AND f.month_first > (SELECT max(month_first) - INTERVAL 3 MONTH FROM panel_firm)
),
-- the change from which a firm is among the first; only those few are ranked | 名列前若干名的最小增减量，只对这些企业排序
bar AS (
    SELECT area_code, month_first, scope_rule, list_min(max(abs(now_t - then_t), $n_firms)) AS least
    FROM firm GROUP BY ALL
),
split AS (
    SELECT f.*, abs(f.now_t - f.then_t) >= b.least AS may_be_listed FROM firm f JOIN bar b USING (area_code, month_first, scope_rule)
),
listed AS (
    SELECT *, row_number() OVER (
        PARTITION BY area_code, month_first, scope_rule ORDER BY abs(now_t - then_t) DESC, contributor_code
    ) AS place
    FROM split WHERE may_be_listed
),
picked AS (
    SELECT * EXCLUDE (place, may_be_listed) FROM listed WHERE place <= $n_firms
    UNION ALL BY NAME
    SELECT area_kind, area_code, period_kind, month_first, scope, scope_rule, 'other' AS contributor_kind, 'other' AS contributor_code,
        '其余 | others' AS contributor_name, NULL AS panel_group,
        CAST(sum(now_t) AS DECIMAL(18, 4)) AS now_t, CAST(sum(then_t) AS DECIMAL(18, 4)) AS then_t
    FROM (
        SELECT * EXCLUDE (place) FROM listed WHERE place > $n_firms UNION ALL FROM split WHERE NOT may_be_listed
    )
    GROUP BY ALL
),
firm_rows AS (
    SELECT * EXCLUDE (month_first), strftime(month_first, '%Y-01..%m') AS period,
        strftime(month_first - INTERVAL 1 YEAR, '%Y-01..%m') AS then_period
    FROM picked
),
city_rows AS (
    SELECT DISTINCT 'region' AS area_kind, m.region_id AS area_code, p.period_kind, p.period, p.then_period, p.scope, p.scope_rule,
        'city' AS contributor_kind, p.area_code AS contributor_code, c.name_zh AS contributor_name, NULL AS panel_group,
        coalesce(p.now_t, 0) AS now_t, coalesce(p.then_t, 0) AS then_t
    FROM coal.panel p
    JOIN ref.region_city m ON m.area_code = p.area_code AND m.role = 'city'
    LEFT JOIN ref.city c ON c.city_code = p.area_code
    WHERE p.area_kind = 'city' AND p.period_kind = 'ytd' AND p.panel_group = 'total'
        AND p.period > (SELECT strftime(max(month_first) - INTERVAL 3 MONTH, '%Y-01..%m') FROM panel_firm)
),
changed AS (
    SELECT *, now_t - then_t AS change_t, sum(now_t - then_t) OVER same_area AS area_change_t, sum(then_t) OVER same_area AS area_then_t
    FROM (FROM firm_rows UNION ALL BY NAME FROM city_rows)
    WINDOW same_area AS (PARTITION BY area_kind, area_code, period, scope, scope_rule)
)
SELECT area_kind, area_code, period_kind, period, then_period, scope, scope_rule, contributor_kind, contributor_code, contributor_name, panel_group,
    CAST(row_number() OVER (
        PARTITION BY area_kind, area_code, period, scope, scope_rule
        ORDER BY contributor_kind = 'other', abs(change_t) DESC, contributor_code
    ) AS INTEGER) AS rank,
    now_t, then_t, CAST(change_t AS DECIMAL(18, 4)) AS change_t,
    CASE WHEN area_change_t <> 0 THEN CAST(change_t AS DOUBLE) * 100 / CAST(area_change_t AS DOUBLE) END AS share_pct,
    CASE WHEN area_then_t <> 0 THEN CAST(change_t AS DOUBLE) * 100 / CAST(area_then_t AS DOUBLE) END AS points_pct
FROM changed
