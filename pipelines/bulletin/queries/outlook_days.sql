-- 未来三天的区域情况：AQI 最低与最高、可能重度及以上的城市 | the region day by day: lowest and highest AQI, cities that may be heavily polluted
SELECT day, min(aqi_low) AS aqi_low, max(aqi_high) AS aqi_high, aqi_level(min(aqi_low)) AS level_low, aqi_level(max(aqi_high)) AS level_high,
    count(aqi_high) AS n_cities, count(*) FILTER (aqi_high > 200) AS n_heavy,
    coalesce(list(coalesce(short_zh, name_zh) ORDER BY aqi_high DESC, city_code) FILTER (aqi_high > 200), []) AS heavy_zh,
    max(issued_at) AS issued_at, min(issued_at) AS issued_first, bool_or(is_baseline) AS is_baseline,
    string_agg(DISTINCT model, ', ' ORDER BY model) AS models
FROM bulletin_outlook WHERE aqi_high IS NOT NULL
GROUP BY day ORDER BY day
