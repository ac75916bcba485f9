-- A firm in several industries or with several grades: its worst one holds.
SELECT any_value(l.sheet) AS sheet, min(l.sheet_row) AS sheet_row, e.firm_name AS subject, e.effective_grade AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version GROUP BY e.enterprise_id, e.firm_name, e.effective_grade HAVING count(DISTINCT l.effective_grade) > 1
