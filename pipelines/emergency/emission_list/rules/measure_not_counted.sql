-- Measures whose cut the text does not tell and nobody filled in.
SELECT l.sheet, l.sheet_row, any_value(e.firm_name || ' ' || coalesce(l.line_name, l.line_id)) AS subject, string_agg(m.level || ' ' || m.measure_text, '；' ORDER BY m.level)[:200] AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
JOIN emergency.measure AS m ON m.version_id = $version AND m.source_kind = 'line' AND m.source_id = l.line_key
WHERE l.version_id = $version AND m.measure_text IS NOT NULL AND m.stated_ratio IS NULL AND m.parsed_ratio IS NULL AND m.lines_ratio IS NULL AND m.lines_n IS NULL
GROUP BY l.sheet, l.sheet_row
