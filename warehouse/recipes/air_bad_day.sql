-- zh: 某市某天为什么差：哪项污染物、几点最高？
-- en: Why was a day bad in a city: which pollutant, and at which hour?
-- class: public
-- parameter: city | 城市代码或名称；省略为当天 AQI 最高的城市 | city, by code or name; the one with the highest AQI that day without it
-- parameter: day | 日期，如 2026-01-15；省略为 AQI 最高的一天 | day such as 2026-01-15; the worst one without it
WITH picked AS (
    SELECT d.*, c.name_zh AS city FROM air.city_day d JOIN ref.city c USING (city_code)
    WHERE (getvariable('day') IS NULL OR d.day = getvariable('day')::DATE)
        AND (getvariable('city') IS NULL OR d.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR))
    ORDER BY d.aqi_of_available DESC NULLS LAST, d.day DESC, d.city_code
    LIMIT 1
),
hours AS (
    SELECT h.* FROM air.city_hour h JOIN picked p ON h.city_code = p.city_code AND h.hour_end > p.day AND h.hour_end <= p.day + INTERVAL 1 DAY
),
peak(pollutant, value, hour_end) AS (
    SELECT 'PM2.5', max(pm25_ugm3), arg_max(hour_end, pm25_ugm3) FROM hours
    UNION ALL SELECT 'PM10', max(pm10_ugm3), arg_max(hour_end, pm10_ugm3) FROM hours
    UNION ALL SELECT 'SO2', max(so2_ugm3), arg_max(hour_end, so2_ugm3) FROM hours
    UNION ALL SELECT 'NO2', max(no2_ugm3), arg_max(hour_end, no2_ugm3) FROM hours
    UNION ALL SELECT 'O3', max(o3_ugm3), arg_max(hour_end, o3_ugm3) FROM hours
    UNION ALL SELECT 'CO', max(co_mgm3), arg_max(hour_end, co_mgm3) FROM hours
),
item(sort, pollutant, iaqi_item, value) AS (
    SELECT 1, 'PM2.5', 'PM2.5_24h', pm25_ugm3 FROM picked
    UNION ALL SELECT 2, 'PM10', 'PM10_24h', pm10_ugm3 FROM picked
    UNION ALL SELECT 3, 'SO2', 'SO2_24h', so2_ugm3 FROM picked
    UNION ALL SELECT 4, 'NO2', 'NO2_24h', no2_ugm3 FROM picked
    UNION ALL SELECT 5, 'O3', 'O3_8h', o3_mda8_ugm3 FROM picked
    UNION ALL SELECT 6, 'CO', 'CO_24h', co_mgm3 FROM picked
)
SELECT p.city AS "城市", p.day AS "日期", p.aqi AS "AQI", aqi_category(p.aqi_of_available) AS "类别", i.pollutant AS "污染物",
    round_8170(i.value, CASE i.pollutant WHEN 'CO' THEN 1 ELSE 0 END) AS "日评价浓度", iaqi(i.iaqi_item, i.value, p.standard_set) AS "IAQI",
    CASE WHEN list_contains(string_split(p.primary_pollutants, ','), i.pollutant) THEN '首要污染物' END AS "首要",
    round_8170(k.value, CASE i.pollutant WHEN 'CO' THEN 1 ELSE 0 END) AS "最高小时浓度", k.hour_end AS "最高小时（止）",
    p.n_stations AS "站点数", p.n_stations_expected AS "应有站点数", p.n_dust_hours AS "沙尘小时数", CASE p.state WHEN 'partial' THEN '未齐' WHEN 'complete' THEN '24小时齐' WHEN 'closed' THEN '逾期未齐' WHEN 'reviewed' THEN '审核' END AS "数据状态", p.standard_set AS "标准"
FROM picked p CROSS JOIN item i JOIN peak k USING (pollutant)
ORDER BY "IAQI" DESC NULLS LAST, i.sort
