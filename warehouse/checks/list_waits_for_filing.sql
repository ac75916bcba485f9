-- table: emergency.list_version
-- consequence: note
-- zh: 有新于已备案版的清单尚未备案，响应仍用旧版
-- en: a list newer than the filed one is not filed yet: a response still uses the older one
SELECT v.version_id, f.version_id AS in_use FROM emergency.list_version v
LEFT JOIN (
    SELECT city_code, version_id, list_year, version_no FROM emergency.list_version WHERE state = 'filed'
    QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY list_year DESC, version_no DESC) = 1
) f USING (city_code)
WHERE v.state = 'draft' AND (f.version_id IS NULL OR (v.list_year, v.version_no) > (f.list_year, f.version_no))
ORDER BY v.version_id
