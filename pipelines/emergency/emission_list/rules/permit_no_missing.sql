-- Completeness: enterprises without a permit number.
SELECT '' AS sheet, NULL AS sheet_row, '' AS subject, count(*)::VARCHAR AS found
FROM emergency.enterprise AS l
WHERE l.version_id = $version AND l.permit_no IS NULL HAVING count(*) > 0
