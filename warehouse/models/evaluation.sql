-- 评价：每个城市、考核单元、区域在每个时段达不达标，超标多少倍，数据够不够？
-- Evaluation: does each city, assessment unit and region attain the standard in each period, by how much does it exceed, are the data enough?
--
-- asked_period(period, standard_set, day_first, day_last, day_until, list_day, window_id)：时段；未结束的时段按已过部分（至 day_until）评价
--   the periods; one that is not over is judged on the part that has passed, up to day_until.
-- window_value：window_value.sql 的结果 | the result of window_value.sql.
-- 区域值 = 成员城市时段值的平均（百分位数亦然），名单按时段末日生效者；名单失效后仍可用其最后名单评价，各名单互不混用。
-- A region's value is the mean of its member cities' period values (percentiles too), by the list as of the period's last day;
-- a list that has ended is applied as it stood last, and in_force says which lists are in force. Lists are never mixed.
-- 达标：按评价位数修约后不大于二级限值（等于即达标）；数据不足时为空，不作通过。
-- Attained: rounded to the digits for attainment not above the grade 2 limit (equal attains); NULL where data are insufficient: never a pass.
WITH listed AS (
    SELECT p.period, p.standard_set, p.window_id, r.region_id,
        p.list_day >= r.valid_from AND p.list_day <= coalesce(r.valid_to, DATE '9999-12-31') AS in_force,
        greatest(r.valid_from, least(p.list_day, coalesce(r.valid_to, DATE '9999-12-31'))) AS list_day
    FROM asked_period p CROSS JOIN ref.region r
),
member AS (
    SELECT l.*, c.area_code
    FROM listed l JOIN ref.region_city c
        ON c.region_id = l.region_id AND c.role = 'city'
        AND l.list_day >= c.valid_from AND l.list_day <= coalesce(c.valid_to, DATE '9999-12-31')
),
list_size AS (
    SELECT period, standard_set, region_id, any_value(in_force) AS in_force, count(*) AS n_cities_expected
    FROM member GROUP BY ALL
),
of_region AS (
    SELECT m.period, m.standard_set, m.region_id, v.pollutant, v.statistic, v.basis,
        sum(v.value::DECIMAL(18, 9))::DOUBLE / nullif(count(v.value), 0) AS value,
        floor(avg(v.n_valid_days))::INTEGER AS n_valid_days,
        count(v.value) AS n_cities, bool_and(v.sufficient) AS sufficient,
        sum(v.n_partial) AS n_partial, sum(v.n_complete) AS n_complete, sum(v.n_closed) AS n_closed, sum(v.n_reviewed) AS n_reviewed
    FROM member m JOIN window_value v ON v.window_id = m.window_id AND v.area_kind = 'city' AND v.area_code = m.area_code
    GROUP BY ALL
),
valued AS (
    SELECT v.area_kind, v.area_code, p.period, p.standard_set, v.pollutant, v.statistic, v.basis, v.value, v.n_valid_days,
        v.sufficient, CASE WHEN v.area_kind = 'city' THEN 1 END AS n_cities, NULL::BIGINT AS n_cities_expected, NULL::BOOLEAN AS in_force,
        v.n_partial, v.n_complete, v.n_closed, v.n_reviewed
    FROM asked_period p JOIN window_value v USING (window_id)
    UNION ALL BY NAME
    SELECT 'region' AS area_kind, o.region_id AS area_code, o.* EXCLUDE (region_id, sufficient),
        o.sufficient AND o.n_cities = s.n_cities_expected AS sufficient, s.n_cities_expected, s.in_force
    FROM of_region o JOIN list_size s USING (period, standard_set, region_id)
),
-- 数据不足但已超标者是否计为超标：仅当规则表启用该规则 | does an insufficient item that already exceeds count as exceeding? only where the rule is active
exceeding_rule AS (
    SELECT standard_set, max(value) > 0 AS counts FROM ref.validity_rule WHERE rule = 'exceeding_counts_when_insufficient' GROUP BY ALL
),
compared AS (
    SELECT v.*, l.limit_value,
        round_8170(v.value, coalesce(d.digits_statistic, d.digits_attainment)) AS value_printed,
        round_8170(v.value, d.digits_attainment) AS value_compared,
        coalesce(e.counts, false) AS exceeding_counts
    FROM valued v
    JOIN ref.standard_set s USING (standard_set)
    JOIN ref.evaluation_item i USING (standard_set, pollutant, statistic)
    LEFT JOIN ref."limit" l
        ON l.limit_standard = s.limit_standard AND l.pollutant = v.pollutant AND l.averaging = i.averaging AND l.grade = 2
    JOIN ref.rounding d ON d.standard_set = v.standard_set AND d.item = v.pollutant
    LEFT JOIN exceeding_rule e ON e.standard_set = v.standard_set
)
SELECT c.area_kind, c.area_code, c.period, c.standard_set, c.pollutant, c.statistic, c.basis,
    c.value, c.value_printed, c.limit_value,
    CASE
        WHEN c.sufficient THEN c.value_compared <= c.limit_value
        WHEN c.exceeding_counts AND c.value_compared > c.limit_value THEN false
    END AS attained,
    CASE WHEN c.value_compared > c.limit_value THEN round_8170((c.value_compared - c.limit_value) / c.limit_value, m.digits_attainment) END
        AS exceedance_multiple,
    c.n_valid_days, (p.day_until - p.day_first + 1)::INTEGER AS n_days, c.sufficient,
    p.day_first, p.day_last, p.day_until,
    concat_ws(', ',
        CASE WHEN c.n_partial > 0 THEN 'partial ' || c.n_partial END, CASE WHEN c.n_complete > 0 THEN 'complete ' || c.n_complete END,
        CASE WHEN c.n_closed > 0 THEN 'closed ' || c.n_closed END, CASE WHEN c.n_reviewed > 0 THEN 'reviewed ' || c.n_reviewed END
    ) AS states,
    CASE WHEN c.area_kind = 'region' THEN c.n_cities END::INTEGER AS n_cities, c.n_cities_expected::INTEGER AS n_cities_expected, c.in_force
FROM compared c
JOIN asked_period p USING (period, standard_set)
JOIN ref.rounding m ON m.standard_set = c.standard_set AND m.item = 'exceedance_multiple'
