-- table: emergency.reduction
-- consequence: flag
-- zh: 减排量为负、超过全社会排放量，或上限小于确认量
-- en: a cut is negative, more than there is to cut, or its upper end below what is certain
SELECT version_id, basis, level, pollutant, cut_kgd, cut_high_kgd, total_kgd FROM emergency.reduction
WHERE cut_kgd < 0 OR cut_high_kgd < cut_kgd OR ratio_pct NOT BETWEEN 0 AND 100
