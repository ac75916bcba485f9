-- table: coal.household_progress
-- consequence: flag
-- zh: 分户台账与村表不符，或有重复
-- en: the household ledger does not agree with the village, or rows are doubled
SELECT area_code AS village_id, stat_year, n_ledger, n_ledger_done, n_done_reported, n_double
FROM coal.household_progress WHERE area_kind = 'village' AND (n_ledger_differs > 0 OR n_double > 0)
