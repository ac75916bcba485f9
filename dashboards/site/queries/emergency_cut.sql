-- columns: version_id, level, pollutant, part_kind, part, n_members, base_kgd, cut_kgd, cut_high_kgd
-- optional: emergency.cut_part
-- 清单口径的减排构成，最大的在前 | cuts as listed, by parts, the largest first
SELECT version_id, level, pollutant, part_kind, part, n_members, base_kgd::DOUBLE AS base_kgd, cut_kgd::DOUBLE AS cut_kgd,
    cut_high_kgd::DOUBLE AS cut_high_kgd
FROM emergency.cut_part WHERE basis = 'filed'
ORDER BY version_id, level, pollutant, part_kind, starts_with(part, '~'), cut_kgd DESC, part
