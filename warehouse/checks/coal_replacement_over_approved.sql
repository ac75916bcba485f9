-- table: coal.replacement_check
-- consequence: flag
-- zh: 项目实际用煤超过批复，且无补充替代方案
-- en: projects burnt more coal than approved without a supplementary plan
SELECT project_code, stat_year, approved_t, actual_t FROM coal.replacement_check
WHERE stage = 'operation' AND verdict = 'fail'
