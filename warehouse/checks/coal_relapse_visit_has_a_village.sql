-- table: coal.relapse_visit
-- consequence: flag
-- zh: 回访的村不在村级台账
-- en: visits to a village that is not in the ledger
SELECT DISTINCT v.village_id, v.visited_on
FROM coal.relapse_visit v
ANTI JOIN coal.village k ON k.village_id = v.village_id AND k.stat_year <= year(v.visited_on)
