-- table: coal.inspection_check
-- consequence: block
-- zh: 样品没有判定，或判定的样品已不在
-- en: a sample without a verdict, or a verdict without its sample
SELECT coalesce(i.sample_id, c.sample_id) AS sample_id
FROM coal.inspection i FULL JOIN coal.inspection_check c USING (sample_id)
WHERE (i.sample_id IS NULL OR c.sample_id IS NULL) AND coalesce(i.sampled_on, DATE '1900-01-01') <= $as_of::DATE
