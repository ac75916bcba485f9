-- table: coal.replacement_source_check
-- consequence: flag
-- zh: 替代来源被两个项目占用，或疑似重复
-- en: sources of replacement are used by two projects, or seem to be
SELECT project_code, source_id, source_unit, other_projects, reason_codes FROM coal.replacement_source_check
WHERE list_has_any(string_split(reason_codes, ','), ['double_use', 'suspected_double_use', 'used_by_other', 'suspected_duplicate'])
