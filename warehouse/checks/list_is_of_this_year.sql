-- table: emergency.list_version
-- consequence: flag
-- zh: 在用的已备案清单已逾一年未更新
-- en: the filed list in use is older than a year
SELECT version_id, list_year, filed_at FROM (
    SELECT * FROM emergency.list_version WHERE state = 'filed'
    QUALIFY row_number() OVER (PARTITION BY city_code ORDER BY list_year DESC, version_no DESC) = 1
)
WHERE filed_at < $as_of::TIMESTAMP - INTERVAL 1 YEAR
ORDER BY version_id
