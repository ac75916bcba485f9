-- 统一监测（省）：某月各省站点、完整率与质量如何，口径与各市相同？
-- Unified monitoring by province: stations, completeness and quality of a month, on the same terms as the cities.
-- 定点求和，结果与行序无关 | fixed-point sums: no result depends on the order of rows.
-- 省的完整率 = 各市应收小时加权；最长缺口取各市之最长 | completeness is weighted by expected hours; the gap is the longest of any city.
SELECT month, province_zh, count(*) AS n_cities,
    sum(n_stations_listed) AS n_stations_listed, sum(n_stations_reporting) AS n_stations_reporting,
    sum(n_hours_expected) AS n_hours_expected, sum(n_hours_received) AS n_hours_received,
    sum((completeness_pm25_pct * n_hours_expected)::DECIMAL(18, 6))::DOUBLE / nullif(sum(n_hours_expected), 0) AS completeness_pm25_pct,
    sum((completeness_pm10_pct * n_hours_expected)::DECIMAL(18, 6))::DOUBLE / nullif(sum(n_hours_expected), 0) AS completeness_pm10_pct,
    sum((completeness_so2_pct * n_hours_expected)::DECIMAL(18, 6))::DOUBLE / nullif(sum(n_hours_expected), 0) AS completeness_so2_pct,
    sum((completeness_no2_pct * n_hours_expected)::DECIMAL(18, 6))::DOUBLE / nullif(sum(n_hours_expected), 0) AS completeness_no2_pct,
    sum((completeness_o3_pct * n_hours_expected)::DECIMAL(18, 6))::DOUBLE / nullif(sum(n_hours_expected), 0) AS completeness_o3_pct,
    sum((completeness_co_pct * n_hours_expected)::DECIMAL(18, 6))::DOUBLE / nullif(sum(n_hours_expected), 0) AS completeness_co_pct,
    sum(n_valid_city_days) AS n_valid_city_days, max(longest_gap_hours) AS longest_gap_hours,
    sum(n_doubtful) AS n_doubtful, sum(n_bad) AS n_bad
FROM air.monitoring_month
WHERE month = $month
GROUP BY month, province_zh
