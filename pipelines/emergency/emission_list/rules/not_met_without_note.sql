-- Ratios that are not met need a note.
SELECT '' AS sheet, NULL AS sheet_row, r.pollutant AS subject, string_agg(r.level, ', ' ORDER BY r.level) AS found
FROM emergency.reduction AS r
WHERE r.version_id = $version AND r.basis = 'filed' AND r.verdict IN ('not_met', 'doubtful')
    AND NOT EXISTS (FROM emergency.source_total AS t WHERE t.version_id = $version AND t.pollutant = r.pollutant AND t.note IS NOT NULL)
GROUP BY r.pollutant
