-- Completeness: lines without the name of the line.
SELECT any_value(l.sheet) AS sheet, min(l.sheet_row) AS sheet_row, '' AS subject, count(*)::VARCHAR AS found
FROM emergency.line AS l
WHERE l.version_id = $version AND l.line_name IS NULL HAVING count(*) > 0
