-- 清洁取暖问题清单：哪些村先破后立、供应未落实、禁燃区仍用煤、复燃未整改、台账不符、重复？
-- Household issues: which villages removed coal before heating was secured, lack supply, still use coal in the ban zone, have households back
-- to coal, disagree with their ledger or are doubled?
--
-- village_year：coal_household_village.sql 的结果；一村一年一问题一行 | one row for each village, year and issue
SELECT stat_year, province_code, city_code, county_code, village_id, village_name, issue.code AS issue, issue.zh AS text_zh, issue.en AS text_en
FROM (
    SELECT v.*, unnest(list_filter([
        {'hit': order_violated, 'code': 'removed_before_secured',
            'zh': '先破后立：' || coal_removed_on || ' 清煤，' || heating_secured_on || ' 才保障取暖',
            'en': 'coal removed on ' || coal_removed_on || ', heating secured only on ' || heating_secured_on},
        {'hit': order_unknown, 'code': 'secured_unknown', 'zh': coal_removed_on || ' 已清煤，没有取暖保障日期',
            'en': 'coal removed on ' || coal_removed_on || ', no date of secured heating'},
        {'hit': n_ledger_order > 0, 'code': 'household_removed_before_secured', 'zh': n_ledger_order || ' 户先破后立',
            'en': n_ledger_order || ' households lost their coal before heating was secured'},
        {'hit': supply_not_ready, 'code': 'supply_not_ready', 'zh': '气、电供应未落实', 'en': 'supply of gas or power is not ready'},
        {'hit': ban_zone_coal, 'code': 'ban_zone_coal', 'zh': '禁燃区内仍用煤' || coalesce('，年 ' || coal_remaining_t || ' 吨', ''),
            'en': 'coal still used in the ban zone' || coalesce(', ' || coal_remaining_t || ' t a year', '')},
        {'hit': n_relapse_open > 0, 'code': 'relapse_open', 'zh': n_relapse_open || ' 户复燃未整改', 'en': n_relapse_open || ' households back to coal, not mended'},
        {'hit': ledger_differs, 'code': 'ledger_differs',
            'zh': '分户台账与村表不符：台账完成 ' || n_ledger_done || ' 户，村表 ' || coalesce(n_done_reported, 0) || ' 户',
            'en': 'the household ledger does not agree: ' || n_ledger_done || ' done in the ledger, ' || coalesce(n_done_reported, 0) || ' in the village row'},
        {'hit': n_double > 0, 'code': 'double', 'zh': '重复 ' || n_double || ' 行，只计一行', 'en': n_double || ' rows doubled, counted once'},
        {'hit': n_electricity + n_gas + n_heat + n_clean_coal + n_other_clean > n_households, 'code': 'more_than_all',
            'zh': '各类户数之和大于总户数', 'en': 'the kinds of heating add up to more than all households'},
        {'hit': coalesce(n_done_reported > n_households, false), 'code': 'done_more_than_all', 'zh': '完成户数大于总户数', 'en': 'more done than there are households'}
    ], lambda i: i.hit)) AS issue
    FROM village_year v
)
ORDER BY stat_year, village_id, issue
