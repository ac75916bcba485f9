-- Coke ovens, glass furnaces and the like cannot stop within hours.
SELECT l.sheet, l.sheet_row, any_value(e.firm_name || ' ' || coalesce(l.line_name, l.line_id)) AS subject, string_agg(DISTINCT m.level, ', ' ORDER BY m.level) AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
JOIN emergency.measure AS m ON m.version_id = $version AND m.source_kind = 'line' AND m.source_id = l.line_key
WHERE l.version_id = $version AND l.interruptible = false AND (contains(';' || coalesce(m.codes, '') || ';', ';STOP_ALL;') OR m.lines_ratio > 0) GROUP BY l.sheet, l.sheet_row
