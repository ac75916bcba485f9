-- table: coal.target
-- consequence: note
-- zh: 导入的煤炭目标没有文号
-- en: imported coal targets name no document
SELECT target_id, area_name, stat_year FROM coal.target WHERE sha256 IS NOT NULL AND coalesce(document_no, '') = ''
