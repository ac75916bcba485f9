-- table: coal.inspection_check
-- consequence: flag
-- zh: 判定与原判不一
-- en: our verdict differs from the reported one
SELECT sample_id, verdict, reported_verdict, reason_zh FROM coal.inspection_check WHERE differs
