-- 排名：区域内各城市（及考核单元）综合指数是多少、排第几，比上年同期改善多少？
-- Ranking: what is the composite index of each city (and assessment unit) of a region, what is its rank, how much better than the year before?
--
-- 环办〔2014〕64号：浓度先修约，I = C/S 各修约到两位再相加；升序排名，相同者同名次（1、1、3）。
-- Each concentration is rounded first, each I = C/S is rounded to two digits, then summed; ascending, ties share a rank (1, 1, 3).
-- $basis：颗粒物口径，通常 after_dust（扣沙后）；优良、重污染天数不扣沙 | basis of PM, usually after sand deduction; good and heavy days keep sand days.
-- list_kind = 'city' 只排成员城市；'unit' 城市与考核单元并列（考核单元不进入区域平均）。数据不足者列出但不排名。
-- list_kind 'city' ranks member cities; 'unit' has cities and units side by side. Areas with insufficient data are listed without a rank.
-- 同比：与上年同一已过部分、同一标准、同一名单，按修约后的指数 | change: same elapsed part of the year before, same set and list, by printed values.
-- asked_period 的 window_before：上年同期的时间窗 | the window of the year before. $weighted：加权（未核实，默认不用 | weights not verified, off by default）。
WITH digits AS (
    SELECT standard_set,
        max(coalesce(digits_statistic, digits_attainment)) FILTER (item = 'index_part') AS part,
        max(coalesce(digits_statistic, digits_attainment)) FILTER (item = 'composite_index') AS total,
        max(coalesce(digits_statistic, digits_attainment)) FILTER (item = 'change_pct') AS change
    FROM ref.rounding GROUP BY standard_set
),
printed AS MATERIALIZED (
    SELECT w.window_id, w.standard_set, v.area_kind, v.area_code, v.pollutant, v.statistic, v.sufficient,
        round_8170(v.value, coalesce(d.digits_statistic, d.digits_attainment)) AS value
    FROM asked_window w
    JOIN window_value v USING (window_id)
    JOIN ref.rounding d ON d.standard_set = w.standard_set AND d.item = v.pollutant
    WHERE v.basis = CASE WHEN v.pollutant IN ('PM2.5', 'PM10') THEN $basis ELSE 'before_dust' END
),
part AS MATERIALIZED (
    SELECT p.window_id, p.standard_set, p.area_kind, p.area_code, p.pollutant, p.sufficient,
        round_8170(p.value / l.limit_value, g.part) AS index_part,
        CASE WHEN $weighted THEN l.weight_unverified ELSE l.weight END AS weight
    FROM printed p
    JOIN ref.index_limit l USING (standard_set, pollutant, statistic)
    JOIN digits g USING (standard_set)
),
index_of_area AS MATERIALIZED (
    SELECT p.window_id, p.area_kind, p.area_code,
        CASE WHEN count(p.index_part) = 6 THEN round_8170(sum(p.index_part * p.weight), any_value(g.total)) END AS composite_index,
        max(p.index_part) FILTER (p.pollutant = 'PM2.5') AS index_pm25, max(p.index_part) FILTER (p.pollutant = 'PM10') AS index_pm10,
        max(p.index_part) FILTER (p.pollutant = 'SO2') AS index_so2, max(p.index_part) FILTER (p.pollutant = 'NO2') AS index_no2,
        max(p.index_part) FILTER (p.pollutant = 'O3') AS index_o3, max(p.index_part) FILTER (p.pollutant = 'CO') AS index_co,
        count(p.index_part) = 6 AND bool_and(p.sufficient) AS sufficient
    FROM part p JOIN digits g USING (standard_set)
    GROUP BY ALL
),
ranked_area AS (
    SELECT k.list_kind, c.region_id, p.period, p.standard_set, p.window_id, p.window_before,
        CASE c.role WHEN 'unit' THEN 'unit' ELSE 'city' END AS area_kind, c.area_code
    FROM asked_period p
    CROSS JOIN ref.region r
    CROSS JOIN (VALUES ('city'), ('unit')) k(list_kind)
    JOIN ref.region_city c
        ON c.region_id = r.region_id AND (c.role = 'city' OR (c.role = 'unit' AND k.list_kind = 'unit'))
        AND greatest(r.valid_from, least(p.list_day, coalesce(r.valid_to, DATE '9999-12-31'))) >= c.valid_from
        AND greatest(r.valid_from, least(p.list_day, coalesce(r.valid_to, DATE '9999-12-31'))) <= coalesce(c.valid_to, DATE '9999-12-31')
),
compared AS (
    SELECT a.region_id, a.period, a.list_kind, a.area_kind, a.area_code, a.standard_set, n.composite_index, n.index_pm25, n.index_pm10,
        n.index_so2, n.index_no2, n.index_o3, n.index_co, n.sufficient, b.composite_index AS composite_index_before,
        CASE WHEN n.sufficient AND b.sufficient
            THEN round_8170((n.composite_index - b.composite_index) * 100 / b.composite_index, g.change) END AS change_pct
    FROM ranked_area a
    JOIN digits g USING (standard_set)
    JOIN index_of_area n ON n.window_id = a.window_id AND n.area_kind = a.area_kind AND n.area_code = a.area_code
    LEFT JOIN index_of_area b ON b.window_id = a.window_before AND b.area_kind = a.area_kind AND b.area_code = a.area_code
)
SELECT c.region_id, c.period, c.list_kind, c.area_kind, c.area_code AS city_code, c.standard_set, c.composite_index,
    c.index_pm25, c.index_pm10, c.index_so2, c.index_no2, c.index_o3, c.index_co,
    CASE WHEN c.sufficient THEN rank() OVER (
        PARTITION BY c.region_id, c.period, c.standard_set, c.list_kind, c.sufficient ORDER BY c.composite_index
    ) END::INTEGER AS rank,
    c.composite_index_before, c.change_pct,
    CASE WHEN c.change_pct IS NOT NULL THEN rank() OVER (
        PARTITION BY c.region_id, c.period, c.standard_set, c.list_kind, c.change_pct IS NULL ORDER BY c.change_pct
    ) END::INTEGER AS rank_improvement,
    d.good_days, d.heavy_days, c.sufficient
FROM compared c
LEFT JOIN period_count d
    ON d.area_kind = c.area_kind AND d.area_code = c.area_code AND d.period = c.period AND d.standard_set = 'each_day'
