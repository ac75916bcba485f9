-- 城市日报：一个月内每个城市（或考核单元）每天的值是多少，能否发布 AQI？
-- City days: what is each city's (or assessment unit's) value of each day of a window, and may its AQI be published?
--
-- 站点日值先各自判定有效，再对评价点求平均（HJ 663 表 A.2）；有效站点不足应有站点的规定份额时该项为空。
-- Stations' valid daily values are averaged over the stations that count (HJ 663 table A.2); a pollutant with fewer valid
-- stations than the required share is NULL. Reviewed values replace measured ones; official dust days have no PM after sand deduction.
-- Sums are exact decimals, so that no result depends on the order of rows.
-- $first, $last: window; {area}: city_code or unit_id; {areas}: ref.city or ref.assessment_unit. Expected stations are those that reported in the calendar month.
WITH member AS (
    SELECT s.station_code, s.{area} AS area_code
    FROM ref.station s LEFT JOIN ref.assessment_unit u ON u.unit_id = s.unit_id
    WHERE s.{area} IS NOT NULL
        AND (s.counts OR ('{area}' = 'unit_id' AND NOT u.in_city_mean AND coalesce(s.name_zh, '') NOT LIKE '%对照点%'))
),
reporting AS (
    SELECT m.area_code, date_trunc('month', d.day)::DATE AS month, count(DISTINCT d.station_code) AS n_expected
    FROM air.station_day d JOIN member m USING (station_code)
    WHERE d.day BETWEEN date_trunc('month', $first::DATE) AND last_day($last::DATE)
    GROUP BY ALL
),
share AS (
    SELECT
        max(value) FILTER (rule = 'station_share') AS share,
        max(value) FILTER (rule = 'station_share_small') AS share_small,
        max(value) FILTER (rule = 'small_city_stations') AS small_below
    FROM ref.validity_rule
),
needed AS (
    SELECT area_code, month, n_expected,
        ceil(n_expected * CASE WHEN n_expected < small_below THEN share_small ELSE share END) AS n_needed
    FROM reporting, share
),
mean AS (
    SELECT m.area_code, d.day, any_value(d.standard_set) AS standard_set,
        sum(d.pm25_ugm3::DECIMAL(18, 12))::DOUBLE / nullif(count(d.pm25_ugm3), 0) AS pm25, count(d.pm25_ugm3) AS n_pm25,
        sum(d.pm10_ugm3::DECIMAL(18, 12))::DOUBLE / nullif(count(d.pm10_ugm3), 0) AS pm10, count(d.pm10_ugm3) AS n_pm10,
        sum(d.so2_ugm3::DECIMAL(18, 12))::DOUBLE / nullif(count(d.so2_ugm3), 0) AS so2, count(d.so2_ugm3) AS n_so2,
        sum(d.no2_ugm3::DECIMAL(18, 12))::DOUBLE / nullif(count(d.no2_ugm3), 0) AS no2, count(d.no2_ugm3) AS n_no2,
        sum(d.o3_mda8_ugm3::DECIMAL(18, 12))::DOUBLE / nullif(count(d.o3_mda8_ugm3), 0) AS o3, count(d.o3_mda8_ugm3) AS n_o3,
        sum(d.co_mgm3::DECIMAL(18, 12))::DOUBLE / nullif(count(d.co_mgm3), 0) AS co, count(d.co_mgm3) AS n_co,
        sum(d.o3_1h_max_ugm3::DECIMAL(18, 12))::DOUBLE / nullif(count(d.o3_1h_max_ugm3), 0) AS o3_1h_max,
        count(*) AS n_stations, any_value(d.state) AS state
    FROM air.station_day d JOIN member m USING (station_code)
    WHERE d.day BETWEEN $first AND $last
    GROUP BY ALL
),
measured AS (
    SELECT mean.*, n_expected,
        CASE WHEN n_pm25 >= n_needed THEN pm25 END AS pm25_valid, CASE WHEN n_pm10 >= n_needed THEN pm10 END AS pm10_valid,
        CASE WHEN n_so2 >= n_needed THEN so2 END AS so2_valid, CASE WHEN n_no2 >= n_needed THEN no2 END AS no2_valid,
        CASE WHEN n_o3 >= n_needed THEN o3 END AS o3_valid, CASE WHEN n_co >= n_needed THEN co END AS co_valid
    FROM mean JOIN needed ON needed.area_code = mean.area_code AND needed.month = date_trunc('month', mean.day)
),
dust AS (
    SELECT area_code, CAST(hour_end - INTERVAL 1 HOUR AS DATE) AS day, count(*) AS n_dust_hours, max(document_no) AS document_no
    FROM air.dust_hour
    WHERE hour_end > $first::DATE AND hour_end <= $last::DATE + INTERVAL 1 DAY
    GROUP BY ALL
),
reviewed AS (
    SELECT r.* FROM air.reviewed_day r SEMI JOIN {areas} a ON a.{area} = r.area_code
    WHERE day BETWEEN $first AND $last
),
final AS (
    SELECT coalesce(m.area_code, r.area_code) AS area_code, coalesce(m.day, r.day) AS day,
        coalesce(m.standard_set, (SELECT s.standard_set FROM ref.standard_set s
            WHERE r.day >= s.valid_from AND (s.valid_to IS NULL OR r.day <= s.valid_to))) AS standard_set,
        coalesce(r.pm25_ugm3, m.pm25_valid) AS pm25, coalesce(r.pm10_ugm3, m.pm10_valid) AS pm10,
        coalesce(r.so2_ugm3, m.so2_valid) AS so2, coalesce(r.no2_ugm3, m.no2_valid) AS no2,
        coalesce(r.o3_mda8_ugm3, m.o3_valid) AS o3, coalesce(r.co_mgm3, m.co_valid) AS co, m.o3_1h_max,
        coalesce(d.n_dust_hours, 0) AS n_dust_hours, coalesce(m.n_stations, 0) AS n_stations,
        coalesce(m.n_expected, 0) AS n_expected,
        coalesce(m.n_pm25, 0) AS n_pm25, coalesce(m.n_pm10, 0) AS n_pm10, coalesce(m.n_so2, 0) AS n_so2,
        coalesce(m.n_no2, 0) AS n_no2, coalesce(m.n_o3, 0) AS n_o3, coalesce(m.n_co, 0) AS n_co,
        CASE WHEN r.area_code IS NOT NULL THEN 'reviewed' ELSE m.state END AS state,
        nullif(concat_ws('；', r.document_no, d.document_no), '') AS document_no
    FROM measured m
    FULL JOIN reviewed r ON r.area_code = m.area_code AND r.day = m.day
    LEFT JOIN dust d ON d.area_code = coalesce(m.area_code, r.area_code) AND d.day = coalesce(m.day, r.day)
),
judged AS (
    SELECT *, aqi_row(pm25, pm10, so2, no2, o3, o3_1h_max, co, standard_set) AS index FROM final
)
SELECT area_code AS {area}, day,
    pm25 AS pm25_ugm3, pm10 AS pm10_ugm3, so2 AS so2_ugm3, no2 AS no2_ugm3, o3 AS o3_mda8_ugm3, co AS co_mgm3,
    o3_1h_max AS o3_1h_max_ugm3,
    CASE WHEN n_dust_hours = 0 THEN pm25 END AS pm25_after_dust_ugm3,
    CASE WHEN n_dust_hours = 0 THEN pm10 END AS pm10_after_dust_ugm3,
    n_dust_hours, n_stations, n_expected AS n_stations_expected,
    n_pm25 AS n_stations_pm25, n_pm10 AS n_stations_pm10, n_so2 AS n_stations_so2,
    n_no2 AS n_stations_no2, n_o3 AS n_stations_o3, n_co AS n_stations_co,
    index.aqi AS aqi, index.aqi_of_available AS aqi_of_available, index.primary_pollutants AS primary_pollutants,
    standard_set, state, document_no
FROM judged
ORDER BY day, area_code
