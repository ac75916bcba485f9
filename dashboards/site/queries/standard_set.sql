-- columns: standard_set, name_zh, name_en, valid_from
SELECT standard_set, name_zh, name_en, valid_from FROM ref.standard_set ORDER BY valid_from
