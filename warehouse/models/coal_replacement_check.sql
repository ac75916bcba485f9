-- 煤炭替代之五：三阶段的核查意见，附结论与说明的文字。
-- Coal replacement, part 5: the opinion at all three stages, with the words of verdict and notes.
--
-- stage、operation、text：同名各模型的结果 | results of the models of these names
-- 这是核查意见，不是审批决定 | this is an opinion, not an approval.
WITH opinion AS (
    SELECT * EXCLUDE (notes), CASE WHEN verified THEN notes ELSE list_append(notes, 'rule_unverified') END AS notes
    FROM (SELECT * FROM stage UNION ALL BY NAME SELECT * FROM operation)
),
words AS (
    SELECT o.project_code, o.stage, o.stat_year,
        string_agg(n.code, ',' ORDER BY n.code) AS note_codes, string_agg(n.zh, '；' ORDER BY n.code) AS notes_zh, string_agg(n.en, '; ' ORDER BY n.code) AS notes_en
    FROM opinion o JOIN text n ON list_contains(o.notes, n.code) AND n.effect = 'note'
    GROUP BY ALL
)
SELECT o.* EXCLUDE (notes),
    v.zh || CASE WHEN o.verdict IN ('pass', 'fail') AND NOT o.verified THEN '（所用规则待核实）' ELSE '' END AS verdict_zh,
    v.en || CASE WHEN o.verdict IN ('pass', 'fail') AND NOT o.verified THEN ' (rule unverified)' ELSE '' END AS verdict_en,
    coalesce(w.note_codes, '') AS note_codes, coalesce(w.notes_zh, '') AS notes_zh, coalesce(w.notes_en, '') AS notes_en,
    '核查意见，不是审批决定' AS opinion_zh, 'an opinion from the data, not an approval' AS opinion_en,
    $as_of::DATE AS as_of_day
FROM opinion o
JOIN text v ON v.code = CASE WHEN o.verdict IN ('pass', 'fail') THEN o.stage || ':' || o.verdict ELSE o.verdict END AND v.effect = 'verdict'
LEFT JOIN words w ON w.project_code = o.project_code AND w.stage = o.stage AND w.stat_year IS NOT DISTINCT FROM o.stat_year
