-- columns: version_id, city_code, list_year, version_no, state, filed_at, imported_at, document_no, n_enterprises, n_lines, n_other, n_newer
-- optional: emergency.list_version
-- 每城一版：最新备案的；没有备案的取最新一版。n_newer 为其后未备案的版数 | one version a city: the newest filed, else the newest
SELECT version_id, city_code, list_year, version_no, state, filed_at, imported_at, document_no, n_enterprises, n_lines, n_other,
    (row_number() OVER newest - 1)::INTEGER AS n_newer
FROM emergency.list_version
WINDOW newest AS (PARTITION BY city_code ORDER BY list_year DESC, version_no DESC)
QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY state = 'filed' DESC, list_year DESC, version_no DESC) = 1
ORDER BY city_code
