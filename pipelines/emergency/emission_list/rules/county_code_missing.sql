-- Completeness: enterprises without a known county.
SELECT '' AS sheet, NULL AS sheet_row, '' AS subject, count(*)::VARCHAR AS found
FROM emergency.enterprise AS l
WHERE l.version_id = $version AND l.county_code IS NULL HAVING count(*) > 0
