-- table: coal.replacement_check
-- consequence: block
-- zh: 煤炭替代：各来源之和与核查意见不符，或同一项目同一阶段有多条意见
-- en: coal replacement: the sources do not add up to the opinion, or a stage of a project has several opinions
SELECT c.project_code, c.stage, c.stat_year, c.valid_t + c.suspected_t + c.rejected_t AS judged_t, s.cut_t
FROM coal.replacement_check c
LEFT JOIN (SELECT project_code, sum(cut_t) AS cut_t FROM coal.replacement_source_check GROUP BY project_code) s USING (project_code)
WHERE c.stage <> 'operation' AND c.valid_t + c.suspected_t + c.rejected_t <> coalesce(s.cut_t, 0)
UNION ALL
SELECT project_code, stage, stat_year, count(*), NULL FROM coal.replacement_check
GROUP BY project_code, stage, stat_year HAVING count(*) > 1
