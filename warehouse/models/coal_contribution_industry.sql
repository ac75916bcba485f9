-- 行业增减贡献：各市所列行业；省与区域为其各市已列行业之和，增减最大者在前，合并的其余在后
-- What each industry makes of the change: the industries that cities tell; provinces and regions add up what their cities tell,
-- the largest change first, what was put together last
--
-- told_industry：各市可列的行业（不足三家企业的已并入其余）| what cities may tell, see pipelines.coal.industries
WITH member AS (
    SELECT 'city' AS area_kind, city_code AS area_code, city_code FROM (SELECT DISTINCT city_code FROM told_industry)
    UNION SELECT 'province', province_code, city_code FROM ref.city
    UNION SELECT 'region', region_id, area_code FROM ref.region_city WHERE role = 'city'
),
summed AS (
    SELECT m.area_kind, m.area_code, t.month_first, t.industry, sum(t.n_firms)::INTEGER AS n_firms,
        sum(t.now_t)::DECIMAL(18, 4) AS now_t, sum(t.then_t)::DECIMAL(18, 4) AS then_t
    FROM told_industry t JOIN member m USING (city_code)
    GROUP BY ALL
),
changed AS (
    SELECT *, now_t - then_t AS change_t, sum(now_t - then_t) OVER same_area AS area_change_t, sum(then_t) OVER same_area AS area_then_t
    FROM summed
    WINDOW same_area AS (PARTITION BY area_kind, area_code, month_first)
)
SELECT area_kind, area_code, 'ytd' AS period_kind, strftime(month_first, '%Y-01..%m') AS period,
    strftime(month_first - INTERVAL 1 YEAR, '%Y-01..%m') AS then_period, 'above_scale' AS scope, industry,
    CAST(row_number() OVER (
        PARTITION BY area_kind, area_code, month_first ORDER BY industry = '~other', abs(change_t) DESC, industry
    ) AS INTEGER) AS rank,
    n_firms, now_t, then_t, CAST(change_t AS DECIMAL(18, 4)) AS change_t,
    CASE WHEN area_change_t <> 0 THEN CAST(change_t AS DOUBLE) * 100 / CAST(area_change_t AS DOUBLE) END AS share_pct,
    CASE WHEN area_then_t <> 0 THEN CAST(change_t AS DOUBLE) * 100 / CAST(area_then_t AS DOUBLE) END AS points_pct
FROM changed
