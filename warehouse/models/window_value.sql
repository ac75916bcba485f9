-- 时段值：每个城市、考核单元在每个时间窗内各污染物的平均值和百分位数是多少，数据够不够？（不涉及限值）
-- Window values: what is each city's and assessment unit's mean or percentile in each window of days, and are the data enough? (no limits yet)
--
-- asked_window(window_id, day_first, day_until, standard_set)：时间窗；year_rule 表示整个日历年 | the windows; year_rule marks a whole calendar year.
-- 百分位数：HJ 663 附录 A.6，k = 1 + (n−1)·p，线性内插（= PERCENTILE.INC）| percentiles by linear interpolation, HJ 663 annex A.6.
-- 有效性：每个整月不少于 27 天（2 月 25 天），日历年另需 324 天；不满的月按天数的 $partial_month_share（本项目约定，未核实）。
-- Validity: every whole month 27 days (February 25), a calendar year also 324; a partial month $partial_month_share of its days (project convention, not verified).
-- 扣沙后的行按扣沙前的天数判断是否充分：扣沙是官方判定，不是缺测 | after sand deduction the days before deduction decide: a deducted day is not a missing one.
-- $area_codes：只算这些城市或考核单元；NULL 为全部 | only these cities or units; NULL for all.
-- 求和用 9 位定点数，结果不依赖相加次序 | sums are fixed point with 9 digits, so that they do not depend on the order of addition.
WITH area_day AS (
    SELECT 'city' AS area_kind, city_code AS area_code, day, state, pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3,
        co_mgm3, pm25_after_dust_ugm3, pm10_after_dust_ugm3
    FROM air.city_day
    UNION ALL BY NAME
    SELECT 'unit' AS area_kind, unit_id AS area_code, day, state, pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3,
        co_mgm3, pm25_after_dust_ugm3, pm10_after_dust_ugm3
    FROM air.unit_day
),
window_day AS (
    SELECT window_id, unnest(generate_series(day_first, day_until, INTERVAL 1 DAY))::DATE AS day
    FROM asked_window
),
picked AS (
    SELECT w.window_id, d.* FROM window_day w JOIN area_day d USING (day)
    WHERE $area_codes::VARCHAR[] IS NULL OR list_contains($area_codes::VARCHAR[], d.area_code)
),
-- 每个污染物与口径一个结构：天数、定点和、三个百分位数 | one structure per pollutant and basis
percentile AS (
    SELECT window_id, area_kind, area_code,
        quantile_cont(pm25_ugm3, [0.90, 0.95, 0.98]) AS pm25, quantile_cont(pm10_ugm3, [0.90, 0.95, 0.98]) AS pm10,
        quantile_cont(so2_ugm3, [0.90, 0.95, 0.98]) AS so2, quantile_cont(no2_ugm3, [0.90, 0.95, 0.98]) AS no2,
        quantile_cont(o3_mda8_ugm3, [0.90, 0.95, 0.98]) AS o3, quantile_cont(co_mgm3, [0.90, 0.95, 0.98]) AS co,
        quantile_cont(pm25_after_dust_ugm3, [0.90, 0.95, 0.98]) AS pm25_after,
        quantile_cont(pm10_after_dust_ugm3, [0.90, 0.95, 0.98]) AS pm10_after
    FROM picked GROUP BY ALL
),
in_month AS (
    SELECT window_id, area_kind, area_code, date_trunc('month', day)::DATE AS month,
        count(pm25_ugm3) AS n_pm25, sum(pm25_ugm3::DECIMAL(18, 9)) AS s_pm25,
        count(pm10_ugm3) AS n_pm10, sum(pm10_ugm3::DECIMAL(18, 9)) AS s_pm10,
        count(so2_ugm3) AS n_so2, sum(so2_ugm3::DECIMAL(18, 9)) AS s_so2,
        count(no2_ugm3) AS n_no2, sum(no2_ugm3::DECIMAL(18, 9)) AS s_no2,
        count(o3_mda8_ugm3) AS n_o3, sum(o3_mda8_ugm3::DECIMAL(18, 9)) AS s_o3,
        count(co_mgm3) AS n_co, sum(co_mgm3::DECIMAL(18, 9)) AS s_co,
        count(pm25_after_dust_ugm3) AS n_pm25_after, sum(pm25_after_dust_ugm3::DECIMAL(18, 9)) AS s_pm25_after,
        count(pm10_after_dust_ugm3) AS n_pm10_after, sum(pm10_after_dust_ugm3::DECIMAL(18, 9)) AS s_pm10_after,
        count(*) FILTER (state = 'partial') AS n_partial, count(*) FILTER (state = 'complete') AS n_complete,
        count(*) FILTER (state = 'closed') AS n_closed, count(*) FILTER (state = 'reviewed') AS n_reviewed
    FROM picked GROUP BY ALL
),
day_rule AS (
    SELECT standard_set,
        max(value) FILTER (rule = 'min_days_year') AS min_year, max(value) FILTER (rule = 'min_days_month') AS min_month,
        max(value) FILTER (rule = 'min_days_february') AS min_february
    FROM ref.validity_rule GROUP BY standard_set
),
month_needed AS (
    SELECT w.window_id, date_trunc('month', d.day)::DATE AS month,
        CASE
            WHEN count(*) < day(last_day(min(d.day))) THEN ceil($partial_month_share * count(*))
            WHEN month(min(d.day)) = 2 THEN any_value(r.min_february)
            ELSE any_value(r.min_month)
        END AS needed
    FROM asked_window w JOIN window_day d USING (window_id) JOIN day_rule r USING (standard_set)
    GROUP BY ALL
),
window_needed AS (
    SELECT w.window_id, count(DISTINCT m.month) AS n_months,
        any_value(CASE WHEN w.year_rule THEN r.min_year ELSE 0 END) AS needed
    FROM asked_window w JOIN month_needed m USING (window_id) JOIN day_rule r USING (standard_set)
    GROUP BY ALL
),
total AS (
    SELECT c.window_id, c.area_kind, c.area_code,
        sum(n_pm25)::INTEGER AS n_pm25, sum(s_pm25) AS s_pm25, count(*) FILTER (n_pm25 >= needed) AS m_pm25,
        sum(n_pm10)::INTEGER AS n_pm10, sum(s_pm10) AS s_pm10, count(*) FILTER (n_pm10 >= needed) AS m_pm10,
        sum(n_so2)::INTEGER AS n_so2, sum(s_so2) AS s_so2, count(*) FILTER (n_so2 >= needed) AS m_so2,
        sum(n_no2)::INTEGER AS n_no2, sum(s_no2) AS s_no2, count(*) FILTER (n_no2 >= needed) AS m_no2,
        sum(n_o3)::INTEGER AS n_o3, sum(s_o3) AS s_o3, count(*) FILTER (n_o3 >= needed) AS m_o3,
        sum(n_co)::INTEGER AS n_co, sum(s_co) AS s_co, count(*) FILTER (n_co >= needed) AS m_co,
        sum(n_pm25_after)::INTEGER AS n_pm25_after, sum(s_pm25_after) AS s_pm25_after,
        sum(n_pm10_after)::INTEGER AS n_pm10_after, sum(s_pm10_after) AS s_pm10_after,
        sum(n_partial)::INTEGER AS n_partial, sum(n_complete)::INTEGER AS n_complete,
        sum(n_closed)::INTEGER AS n_closed, sum(n_reviewed)::INTEGER AS n_reviewed
    FROM in_month c JOIN month_needed m USING (window_id, month)
    GROUP BY ALL
),
long AS (
    SELECT t.window_id, t.area_kind, t.area_code, n_partial, n_complete, n_closed, n_reviewed,
        unnest([
            {'pollutant': 'PM2.5', 'basis': 'before_dust', 'n': n_pm25, 's': s_pm25, 'q': p.pm25, 'days': n_pm25, 'months': m_pm25},
            {'pollutant': 'PM2.5', 'basis': 'after_dust', 'n': n_pm25_after, 's': s_pm25_after, 'q': p.pm25_after, 'days': n_pm25, 'months': m_pm25},
            {'pollutant': 'PM10', 'basis': 'before_dust', 'n': n_pm10, 's': s_pm10, 'q': p.pm10, 'days': n_pm10, 'months': m_pm10},
            {'pollutant': 'PM10', 'basis': 'after_dust', 'n': n_pm10_after, 's': s_pm10_after, 'q': p.pm10_after, 'days': n_pm10, 'months': m_pm10},
            {'pollutant': 'SO2', 'basis': 'before_dust', 'n': n_so2, 's': s_so2, 'q': p.so2, 'days': n_so2, 'months': m_so2},
            {'pollutant': 'NO2', 'basis': 'before_dust', 'n': n_no2, 's': s_no2, 'q': p.no2, 'days': n_no2, 'months': m_no2},
            {'pollutant': 'O3', 'basis': 'before_dust', 'n': n_o3, 's': s_o3, 'q': p.o3, 'days': n_o3, 'months': m_o3},
            {'pollutant': 'CO', 'basis': 'before_dust', 'n': n_co, 's': s_co, 'q': p.co, 'days': n_co, 'months': m_co}
        ], recursive := true)
    FROM total t JOIN percentile p USING (window_id, area_kind, area_code)
)
SELECT l.window_id, l.area_kind, l.area_code, l.pollutant, i.statistic, l.basis,
    CASE i.statistic
        WHEN 'mean' THEN (l.s::DOUBLE / nullif(l.n, 0))
        WHEN 'p90' THEN l.q[1] WHEN 'p95' THEN l.q[2] WHEN 'p98' THEN l.q[3]
    END AS value,
    l.n AS n_valid_days,
    l.n > 0 AND l.days >= n.needed AND l.months = n.n_months AS sufficient,
    l.n_partial, l.n_complete, l.n_closed, l.n_reviewed
FROM long l
JOIN asked_window w USING (window_id)
JOIN window_needed n USING (window_id)
JOIN ref.evaluation_item i ON i.standard_set = w.standard_set AND i.pollutant = l.pollutant
