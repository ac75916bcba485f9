-- A cut is filled in, but nothing is to be done for it.
SELECT l.sheet, l.sheet_row, any_value(e.firm_name || ' ' || coalesce(l.line_name, l.line_id)) AS subject,
    string_agg(DISTINCT k.level, ', ' ORDER BY k.level) AS found
FROM list_counted AS k
JOIN emergency.line AS l ON l.version_id = $version AND l.line_key = k.source_id
JOIN emergency.enterprise AS e ON e.version_id = $version AND e.enterprise_id = l.enterprise_id
WHERE k.source_kind = 'line' AND k.doubt = 'no_measure' AND k.cut_high > 0 GROUP BY l.sheet, l.sheet_row
