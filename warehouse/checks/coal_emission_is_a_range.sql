-- table: coal.emission_estimate
-- consequence: block
-- zh: 各研究不一的污染物给了单一数值，或高值低于低值
-- en: a pollutant the studies differ on has a single figure, or high is below low
SELECT area_code, stat_year, activity, pollutant
FROM coal.emission_estimate
WHERE low_t > high_t OR (method = 'factor_range' AND (formula_t IS NOT NULL OR (low_t = high_t AND low_t > 0.01 AND NOT single_source)))
