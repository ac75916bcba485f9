-- columns: area_kind, area_code, stage, period, verdict, n_projects, demand, required, valid, suspected, rejected, shortfall, excess, n_unverified
-- optional: coal.replacement_summary
-- 煤炭替代核查汇总，不列项目与企业 | opinions on coal replacement without projects and firms [10^4 t]
SELECT area_kind, area_code, stage, period, verdict, n_projects, demand_t::DOUBLE / 10000 AS demand, required_t::DOUBLE / 10000 AS required,
    valid_t::DOUBLE / 10000 AS valid, suspected_t::DOUBLE / 10000 AS suspected, rejected_t::DOUBLE / 10000 AS rejected,
    shortfall_t::DOUBLE / 10000 AS shortfall, excess_t::DOUBLE / 10000 AS excess, n_unverified
FROM coal.replacement_summary
ORDER BY area_kind, area_code, list_position(['approval', 'commissioning', 'operation'], stage), period,
    list_position(['pass', 'fail', 'unverified', 'insufficient', 'not_applicable'], verdict)
