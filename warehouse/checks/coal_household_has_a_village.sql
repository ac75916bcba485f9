-- table: coal.household
-- consequence: flag
-- zh: 分户台账的村不在村级台账
-- en: households of a village that is not in the ledger
SELECT household_id, village_id FROM coal.household ANTI JOIN coal.village USING (village_id)
