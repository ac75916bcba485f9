-- table: coal.household_progress
-- consequence: flag
-- zh: 禁燃区内仍用煤
-- en: coal still used in the ban zone
SELECT area_code AS village_id, stat_year, coal_remaining_t, n_relapse_open
FROM coal.household_progress WHERE area_kind = 'village' AND n_ban_zone_coal > 0
