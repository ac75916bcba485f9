-- Cuts below what the guide of the industry asks of the grade in effect.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject,
    string_agg(q.level || ' ' || round(100 * coalesce(m.stated_ratio, m.parsed_ratio, m.lines_ratio, 0)::DOUBLE, 2) || ' % < ' || q.minimum_pct || ' %（' || q.name_zh || '）', '；' ORDER BY q.level) AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
JOIN ref.list_industry AS n ON n.industry_no = l.industry_no AND n.valid_to IS NULL
JOIN ref.list_grade_measure AS q ON q.industry = n.name_zh AND q.grade = l.effective_grade AND q.valid_to IS NULL
LEFT JOIN emergency.measure AS m ON m.version_id = $version AND m.source_kind = 'line' AND m.source_id = l.line_key AND m.level = q.level
WHERE l.version_id = $version AND l.category IS NULL AND coalesce(m.lines_n, 0) = 0
    AND 100 * coalesce(m.stated_ratio, m.parsed_ratio, m.lines_ratio, 0) < q.minimum_pct
GROUP BY l.sheet, l.sheet_row, e.firm_name, l.line_name, l.line_id
