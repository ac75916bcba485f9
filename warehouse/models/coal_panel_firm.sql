-- 企业同比底表：每个企业每月（当月与累计）本期与上年同期用煤、在统情况与分组
-- Firms now and a year before: for every month and year to date, coal used, whether listed, and the group of the panel
--
-- 续报 continuing：两期都在统且都上报；入统 newly_listed：同期开始后才入统；退统 delisted：本期结束前已退统；未报 not_reporting：在统而缺报
--   continuing: listed and reporting throughout both; newly listed: only after the earlier period began; delisted: before this one ended.
-- 只取煤合计的品种；累计为各品种当年最近的累计之和，当月各品种的累计都已知时才算上报
--   products of the coal total only; a year to date counts as reported where that of every product of the month is known.
-- 洗选企业的原煤按洗选占比不计入，与 coal.balance 相同 | raw coal that is washed does not count, as in coal.balance
-- 名录以外而上报 205-1 的企业按规上、一直在统看待 | firms outside the directory that file form 205-1 are taken as listed throughout
WITH washed AS (
    SELECT credit_code, stat_year, CAST(coalesce(sum(input_t) FILTER (purpose = 'washing'), 0) AS DOUBLE) / CAST(sum(input_t) AS DOUBLE) AS share
    FROM coal.report_firm_usage WHERE input_product = 'raw_coal' GROUP BY ALL HAVING sum(input_t) > 0
),
product AS (
    SELECT product, max(survey_group) = 'raw_coal' AS raw FROM ref.coal_product WHERE in_coal_total GROUP BY ALL
),
counted AS (
    SELECT credit_code, month, product, use_t - CAST(round(use_t * wash, 4) AS DECIMAL(18, 4)) AS use_t,
        ytd_use_t - CAST(round(ytd_use_t * wash, 4) AS DECIMAL(18, 4)) AS ytd_use_t
    FROM (
        SELECT m.*, CASE WHEN p.raw THEN coalesce(w.share, CASE WHEN m.industry_division = '06' THEN 1 ELSE 0 END) ELSE 0 END AS wash
        FROM (SELECT *, CAST(left(month, 4) AS INTEGER) AS usage_year FROM coal.use_month WHERE month <= $as_of_month) m
        JOIN product p USING (product)
        ASOF LEFT JOIN washed w ON w.credit_code = m.credit_code AND w.stat_year <= m.usage_year
    )
),
product_month AS (
    SELECT credit_code, month, use_t, ytd_use_t,
        ytd_use_t - coalesce(lag(ytd_use_t) OVER (PARTITION BY credit_code, left(month, 4), product ORDER BY month), 0) AS added_t
    FROM counted
),
firm_month AS (
    SELECT credit_code, month, CASE WHEN count(use_t) = count(*) THEN sum(use_t) END AS month_t,
        sum(added_t) AS added_t, bool_and(ytd_use_t IS NOT NULL) AS ytd_known
    FROM product_month GROUP BY ALL
),
reported AS (
    SELECT credit_code, CAST(month || '-01' AS DATE) AS month_first, month_t,
        sum(added_t) OVER year_so_far AS ytd_t,
        ytd_known
    FROM firm_month
    WINDOW year_so_far AS (PARTITION BY credit_code, left(month, 4) ORDER BY month ROWS UNBOUNDED PRECEDING)
),
months AS (
    SELECT DISTINCT n.month_first FROM reported n
    WHERE n.month_first - INTERVAL 1 YEAR IN (SELECT month_first FROM reported)
),
places AS (
    SELECT credit_code, arg_max(province_code, month) AS province_code, arg_max(city_code, month) AS city_code,
        arg_max(county_code, month) AS county_code, arg_max(industry_division, month) AS industry_division
    FROM coal.use_month GROUP BY ALL
),
firms AS (
    SELECT credit_code, f.firm_name, coalesce(f.province_code, p.province_code, left(coalesce(f.city_code, p.city_code), 2) || '0000') AS province_code,
        coalesce(f.city_code, p.city_code) AS city_code, coalesce(f.county_code, p.county_code) AS county_code,
        coalesce(f.industry_division, p.industry_division) AS industry_division,
        coalesce(f.listed_from, DATE '1900-01-01') AS listed_from, coalesce(f.listed_until, DATE '9999-12-31') AS listed_until
    FROM coal.firm f FULL JOIN places p USING (credit_code)
    WHERE coalesce(f.above_scale, true)
),
asked AS (
    SELECT f.*, k.period_kind, m.month_first,
        CASE k.period_kind WHEN 'ytd' THEN date_trunc('year', m.month_first) ELSE m.month_first END::DATE AS now_first,
        last_day(m.month_first) AS now_last
    FROM firms f, months m, (VALUES ('month'), ('ytd')) k(period_kind)
),
joined AS (
    SELECT a.*, (a.now_first - INTERVAL 1 YEAR)::DATE AS then_first, last_day((a.month_first - INTERVAL 1 YEAR)::DATE) AS then_last,
        CASE a.period_kind WHEN 'month' THEN n.month_t WHEN 'ytd' THEN n.ytd_t END AS now_t,
        CASE a.period_kind WHEN 'month' THEN b.month_t WHEN 'ytd' THEN b.ytd_t END AS then_t,
        coalesce(CASE a.period_kind WHEN 'month' THEN n.month_t IS NOT NULL ELSE n.ytd_known END, false) AS now_known,
        coalesce(CASE a.period_kind WHEN 'month' THEN b.month_t IS NOT NULL ELSE b.ytd_known END, false) AS then_known
    FROM asked a
    LEFT JOIN reported n ON n.credit_code = a.credit_code AND n.month_first = a.month_first
    LEFT JOIN reported b ON b.credit_code = a.credit_code AND b.month_first = a.month_first - INTERVAL 1 YEAR
)
SELECT credit_code, firm_name, province_code, city_code, county_code, industry_division, period_kind, month_first,
    CASE
        WHEN listed_until < now_last AND listed_from <= then_last THEN 'delisted'
        WHEN listed_from > then_first THEN 'newly_listed'
        WHEN now_known AND then_known THEN 'continuing'
        ELSE 'not_reporting'
    END AS panel_group,
    now_known AND listed_until >= month_first AS now_known, then_known AND listed_from <= then_last AS then_known,
    CASE WHEN listed_until >= month_first THEN now_t END AS now_t, CASE WHEN listed_from <= then_last THEN then_t END AS then_t
FROM joined
WHERE (listed_from <= now_last AND listed_until >= now_first) OR (listed_from <= then_last AND listed_until >= then_first)
