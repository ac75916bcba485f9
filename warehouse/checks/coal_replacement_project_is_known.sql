-- table: coal.replacement_source_check
-- consequence: flag
-- zh: 替代来源或年度用煤的项目代码不在节能审查项目中
-- en: sources of replacement or yearly coal of projects that are not under review
SELECT 'replacement_source' AS form, project_code, source_id AS detail FROM coal.replacement_source
WHERE project_code NOT IN (SELECT project_code FROM coal.project)
UNION ALL
SELECT 'project_year', project_code, stat_year::VARCHAR FROM coal.project_year
WHERE project_code NOT IN (SELECT project_code FROM coal.project)
