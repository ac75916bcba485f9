-- Lines stopped for long must have the baseline 0.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject, '' AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version AND l.base_so2_kgd + l.base_nox_kgd + l.base_pm_kgd + l.base_vocs_kgd > 0
    AND (l.category = 'long_stopped' OR EXISTS (FROM emergency.line_stop AS s WHERE s.version_id = $version
        AND s.line_key = l.line_key AND s.kind = 'long_stop' AND s.last_day IS NULL))
