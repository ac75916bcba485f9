-- Lines without a grade: they count as the lowest of the industry, not as exempt.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject, l.effective_grade AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version AND l.grade IS NULL AND l.category IS DISTINCT FROM 'long_stopped'
