-- table: coal.target_check
-- consequence: block
-- zh: 未低于基准却判为负增长
-- en: called negative growth without being below the baseline
SELECT target_id, period, actual_amount, baseline_amount, growth, result FROM coal.target_check
WHERE (growth = 'negative_growth') <> (actual_amount < baseline_amount)
    OR kind = 'negative_growth' AND result = 'pass' AND actual_amount >= baseline_year_amount
