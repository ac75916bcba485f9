-- Lines without any measure that no grade or category excuses.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject, l.effective_grade AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
LEFT JOIN ref.list_grade AS g ON g.grade = l.effective_grade AND g.valid_to IS NULL
LEFT JOIN ref.list_category AS c ON c.category = l.category AND c.valid_to IS NULL
WHERE l.version_id = $version AND l.grade IS NOT NULL AND NOT (coalesce(c.effect IN ('task_limited', 'usually_none', 'stopped', 'self_directed'), false) OR coalesce(g.self_directed, false))
    AND NOT EXISTS (FROM emergency.measure AS m WHERE m.version_id = $version AND m.source_kind = 'line' AND m.source_id = l.line_key)
