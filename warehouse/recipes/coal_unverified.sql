-- zh: 煤炭各项结论有多少要靠还没有核实的依据（限值、系数、名单、口径）？
-- en: How far do the verdicts on coal rest on limits, factors, lists or perimeters that nobody has verified?
-- class: restricted
WITH verdict AS (
    SELECT '目标' AS kind, verdict, result AS if_true, verdict = 'unverified' OR NOT verified AS unverified FROM coal.target_check
    UNION ALL
    SELECT '煤炭替代（' || CASE stage WHEN 'approval' THEN '审批' WHEN 'commissioning' THEN '投产' ELSE '运行' END || '）',
        verdict, CASE verdict WHEN 'unverified' THEN NULL ELSE verdict END, verdict = 'unverified' OR NOT verified FROM coal.replacement_check
    UNION ALL
    SELECT '抽检', verdict, replace(verdict, 'unverified_', ''), unverified OR starts_with(verdict, 'unverified') FROM coal.inspection_check
    UNION ALL
    SELECT '非电煤预警', level, level, NOT verified FROM coal.early_warning WHERE is_default
        AND month = (SELECT max(month) FROM coal.early_warning)
    UNION ALL
    SELECT '减排量（' || pollutant || '）', method, method, NOT verified OR assumed FROM coal.emission_estimate
)
SELECT kind AS "结论类别", count(*) AS "条数", count(*) FILTER (unverified) AS "依据待核实", round(count(*) FILTER (unverified) * 100 / count(*), 1) AS "占比%",
    count(*) FILTER (unverified AND if_true IN ('pass', 'on_schedule')) AS "其中_若属实为达到", count(*) FILTER (unverified AND if_true IN ('fail', 'behind')) AS "其中_若属实为未达到"
FROM verdict
GROUP BY kind
ORDER BY "依据待核实" DESC, kind
