-- Ungraded lines that cut nothing at red.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject, coalesce(l.grade_text, '') AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
LEFT JOIN ref.list_category AS c ON c.category = l.category AND c.valid_to IS NULL
LEFT JOIN emergency.measure AS m ON m.version_id = l.version_id AND m.source_kind = 'line' AND m.source_id = l.line_key AND m.level = 'red'
WHERE l.version_id = $version AND l.grade IS NULL AND c.category IS NULL
    AND coalesce(m.stated_ratio, m.parsed_ratio, m.lines_ratio, m.lines_n, 0) = 0
