-- columns: version_id, level, pollutant, part_kind, part, part_en, n_members, base_kgd, cut_kgd, cut_high_kgd
-- optional: emergency.cut_part
-- 清单口径的减排构成，最大的在前；行业英文名取自重点行业表 | cuts as listed, by parts, the largest first; English names of industries from the facts
SELECT version_id, level, pollutant, part_kind, part, CASE part_kind WHEN 'industry' THEN i.name_en END AS part_en, n_members,
    base_kgd::DOUBLE AS base_kgd, cut_kgd::DOUBLE AS cut_kgd, cut_high_kgd::DOUBLE AS cut_high_kgd
FROM emergency.cut_part
LEFT JOIN (SELECT name_zh, arg_max(name_en, valid_from) AS name_en FROM ref.list_industry GROUP BY ALL) i ON i.name_zh = part
WHERE basis = 'filed'
ORDER BY version_id, level, pollutant, part_kind, starts_with(part, '~'), cut_kgd DESC, part
