-- Lines with dated stops and a baseline: taken out above and below on days within.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject, l.stops_text AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version AND l.base_so2_kgd + l.base_nox_kgd + l.base_pm_kgd + l.base_vocs_kgd > 0
    AND EXISTS (FROM emergency.line_stop AS s WHERE s.version_id = $version AND s.line_key = l.line_key AND s.last_day IS NOT NULL)
