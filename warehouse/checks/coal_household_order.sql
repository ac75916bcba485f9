-- table: coal.household_progress
-- consequence: flag
-- zh: 有村先破后立，或供应未落实
-- en: villages lost their coal before heating was secured, or lack supply
SELECT area_code AS village_id, stat_year, n_order_violations, n_ledger_order, n_supply_not_ready
FROM coal.household_progress
WHERE area_kind = 'village' AND (n_order_violations > 0 OR n_ledger_order > 0 OR n_supply_not_ready > 0)
