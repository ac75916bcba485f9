-- 煤炭替代核查汇总：各阶段、各结论的项目数与煤量；不列项目与企业
-- Opinions on coal replacement by stage and verdict: projects and amounts, without the names of either
WITH judged AS (
    SELECT *, CASE stage WHEN 'operation' THEN stat_year::VARCHAR ELSE 'all' END AS period FROM coal.replacement_check
),
placed AS (
    SELECT 'all' AS area_kind, '*' AS area_code, * FROM judged
    UNION ALL
    SELECT 'province', province_code, * FROM judged WHERE province_code IS NOT NULL
)
SELECT area_kind, area_code, stage, coalesce(period, 'all') AS period, verdict,
    count(DISTINCT project_code)::INTEGER AS n_projects,
    sum(demand_t) AS demand_t, sum(required_t) AS required_t, sum(valid_t) AS valid_t, sum(suspected_t) AS suspected_t,
    sum(rejected_t) AS rejected_t, sum(shortfall_t) AS shortfall_t, sum(excess_t) AS excess_t,
    count(DISTINCT project_code) FILTER (NOT verified)::INTEGER AS n_unverified, max(as_of_day) AS as_of_day
FROM placed GROUP BY ALL ORDER BY ALL
