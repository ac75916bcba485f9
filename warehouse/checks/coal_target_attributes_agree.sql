-- table: coal.target_check
-- consequence: block
-- zh: 实绩与基准口径不同却给出了结论
-- en: judged although actual and baseline are on different terms
SELECT target_id, perimeter, baseline_perimeter, actual_exclusions, baseline_exclusions, origin, baseline_origin
FROM coal.target_check
WHERE result IN ('pass', 'fail', 'on_schedule', 'behind') AND baseline_origin IS NOT NULL
    AND (perimeter <> baseline_perimeter OR actual_exclusions <> baseline_exclusions OR baseline_origin NOT IN (origin, 'target'))
