-- table: coal.replacement_summary
-- consequence: block
-- zh: 煤炭替代核查汇总与各项目的核查意见不符
-- en: the summary of coal replacement does not agree with the opinions on projects
SELECT stage, verdict, s.n, c.n AS n_opinions FROM (
    SELECT stage, verdict, sum(n_projects) AS n FROM coal.replacement_summary WHERE area_kind = 'all' GROUP BY ALL
) s
FULL JOIN (SELECT stage, verdict, count(*) AS n FROM coal.replacement_check GROUP BY ALL) c USING (stage, verdict)
WHERE s.n IS DISTINCT FROM c.n
