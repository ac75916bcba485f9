-- 煤炭替代之三：审批与投产两阶段，认可的替代量够不够？
-- Coal replacement, part 3: at approval and at the start of production, is the accepted replacement enough?
--
-- project、source：coal_replacement_project.sql、coal_replacement_source.sql 的结果 | results of the models of these names
-- Q = D×K1×K2；等量：认可量 ≥ Q；减量：认可量 ≥ Q 且 > D；均按未修约的十进制数比较
--   Q = D × K1 × K2; equal: accepted ≥ Q; reduction: accepted ≥ Q and > D; compared as unrounded decimals.
-- 含原料（gross）与扣原料（net）两种 D 都算，按规则取其一；规则未读到而两者不同的待核实
--   D is taken with feedstock (gross) and without (net); the rule says which counts; where it is unread and they differ: unverified.
WITH staged AS (
    SELECT project_code, 'approval' AS stage, status, cut_t, realised_on, verified FROM source
    UNION ALL
    SELECT project_code, 'commissioning', start_status, cut_t, realised_on, verified FROM source
),
asked AS (
    SELECT p.*, s.stage,
        CASE s.stage WHEN 'approval' THEN least(rule_day, $as_of::DATE) ELSE least(coalesce(actual_start, $as_of::DATE), $as_of::DATE) END AS stage_day
    FROM project p CROSS JOIN (SELECT unnest(['approval', 'commissioning']) AS stage) s
),
summed AS (
    SELECT a.*,
        count(t.status)::INTEGER AS n_sources,
        count(*) FILTER (t.status = 'accepted')::INTEGER AS n_accepted,
        count(*) FILTER (t.status = 'suspected')::INTEGER AS n_suspected,
        count(*) FILTER (t.status = 'rejected')::INTEGER AS n_rejected,
        coalesce(sum(t.cut_t), 0)::DECIMAL(18, 4) AS listed_t,
        coalesce(sum(t.cut_t) FILTER (t.status = 'accepted'), 0)::DECIMAL(18, 4) AS valid_t,
        coalesce(sum(t.cut_t) FILTER (t.status = 'suspected'), 0)::DECIMAL(18, 4) AS suspected_t,
        coalesce(sum(t.cut_t) FILTER (t.status = 'rejected'), 0)::DECIMAL(18, 4) AS rejected_t,
        coalesce(sum(t.cut_t) FILTER (t.status = 'accepted' AND t.realised_on <= a.stage_day), 0)::DECIMAL(18, 4) AS realised_t,
        coalesce(bool_and(t.verified), true) AS sources_verified
    FROM asked a LEFT JOIN staged t ON t.project_code = a.project_code AND t.stage = a.stage
    GROUP BY ALL
),
-- 含原料与扣原料各一行 | one row with feedstock, one without
needed AS (
    SELECT s.*, b.basis,
        CASE WHEN NOT coalesce(feedstock_t > coal_t, false)
            THEN (coal_t - CASE b.basis WHEN 'net' THEN coalesce(feedstock_t, 0) ELSE 0 END)::DECIMAL(18, 4) END AS demand,
        (demand::DECIMAL(38, 4) * coalesce(k1, 1)::DECIMAL(10, 6) * coalesce(k2, 1)::DECIMAL(10, 6)) AS required,
        -- 减量须严格大于 D | reduction must exceed D
        valid_t >= required AND (kind = 'equal' OR valid_t > demand) AS enough,
        valid_t + suspected_t >= required AND (kind = 'equal' OR valid_t + suspected_t > demand) AS enough_with_suspected,
        substitution_t >= required AND (kind = 'equal' OR substitution_t > demand) AS claim_enough,
        stage = 'approval' AND coalesce(realised_t < required * spot_share_pct::DECIMAL(9, 4) / 100, false) AS spot_short
    FROM summed s CROSS JOIN (SELECT unnest(['gross', 'net']) AS basis) b
),
ruled AS (
    SELECT n.*,
        CASE
            WHEN coal_t IS NULL THEN 'insufficient'
            WHEN coal_t = 0 THEN 'not_applicable'
            WHEN feedstock_t > coal_t OR kind IS NULL THEN 'insufficient'
            WHEN demand = 0 THEN 'not_applicable'
            WHEN stage = 'commissioning' AND in_place_before_start = 'no' THEN 'not_applicable'
            -- 只有一个申报数：不够即不符合，够也只是资料不足 | one claimed number: short is a fail, enough is still insufficient
            WHEN n_sources = 0 THEN CASE WHEN coalesce(NOT claim_enough, is_substitution = false, false) THEN 'fail' ELSE 'insufficient' END
            WHEN enough AND NOT spot_short THEN CASE WHEN n_documents > 1 THEN 'unverified' ELSE 'pass' END
            WHEN enough_with_suspected THEN CASE WHEN spot_short AND n_suspected = 0 THEN 'fail' ELSE 'unverified' END
            ELSE 'fail'
        END AS verdict
    FROM needed n
),
-- 规则未读到时，数字取含原料者（较严）| where the rule is unread the figures are those with feedstock, the stricter
chosen AS (
    SELECT r.*, (SELECT max(value) FROM ref.coal_rule WHERE rule = 'tolerance_t' AND $as_of::DATE BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')) AS tolerance_t,
        n.demand AS demand_net_t, n.required AS required_net_t, n.verdict AS verdict_net, n.spot_short AS spot_short_net,
        CASE
            WHEN r.feedstock_excluded = 'yes' THEN n.verdict
            WHEN r.feedstock_excluded = 'unread' AND n.verdict <> r.verdict THEN 'unverified'
            ELSE r.verdict
        END AS decided,
        r.feedstock_excluded IS NOT DISTINCT FROM 'yes' AS net,
        CASE WHEN net THEN n.demand ELSE r.demand END AS demand_t,
        CASE WHEN net THEN n.required ELSE r.required END AS required_t
    FROM ruled r JOIN ruled n USING (project_code, stage)
    WHERE r.basis = 'gross' AND n.basis = 'net'
)
SELECT project_code, document_number, project_name, construction_unit, city_code, county_code, province_code, industry_division, stage, stage_day,
    approval_day, planned_start, actual_start, rule_day, rule_area_code, kind, k1, k2, feedstock_excluded, coal_t, feedstock_t,
    demand_t, required_t, demand AS demand_gross_t, required AS required_gross_t, verdict AS verdict_gross, demand_net_t, required_net_t, verdict_net,
    substitution_t AS claimed_t, n_sources, n_accepted, n_suspected, n_rejected, valid_t, suspected_t, rejected_t, realised_t,
    CASE WHEN required_t IS NOT NULL THEN greatest(required_t - valid_t, 0) END AS shortfall_t, valid_t::DOUBLE / nullif(demand_t, 0)::DOUBLE AS ratio,
    decided AS verdict,
    kind IS NOT NULL AND rule_verified AND sources_verified AND k1 IS NOT NULL AND k2 IS NOT NULL
        AND NOT list_has_any(unverified_fields, ['kind', 'k1', 'k2'])
        AND NOT (coalesce(feedstock_t, 0) > 0 AND verdict_net <> verdict AND (feedstock_excluded = 'unread' OR list_contains(unverified_fields, 'feedstock_excluded')))
        AND NOT (stage = 'commissioning' AND (in_place_before_start = 'unread' OR list_contains(unverified_fields, 'in_place_before_start'))) AS verified,
    list_filter([
        CASE WHEN approval_day IS NULL THEN 'approval_missing' END,
        CASE WHEN n_documents > 1 THEN 'several_documents' END,
        CASE WHEN coal_t IS NULL THEN 'coal_missing' WHEN coal_t = 0 THEN 'no_coal' END,
        CASE WHEN feedstock_t > coal_t THEN 'feedstock_over_coal' WHEN feedstock_t IS NULL AND coal_t > 0 THEN 'feedstock_missing' END,
        CASE WHEN demand_net_t = 0 AND coal_t > 0 THEN 'all_feedstock' END,
        CASE WHEN kind IS NULL THEN 'no_rule' END,
        CASE WHEN rule_changed THEN 'rule_changed' END,
        CASE WHEN coal_t > 0 AND n_sources = 0 THEN
            CASE WHEN substitution_t IS NOT NULL THEN 'details_missing' WHEN is_substitution = false THEN 'no_plan' ELSE 'plan_missing' END END,
        CASE WHEN n_sources > 0 AND abs(substitution_t - listed_t) > tolerance_t THEN 'claim_differs' END,
        CASE WHEN kind IS NOT NULL AND (k1 IS NULL OR k2 IS NULL) THEN 'k_unread' END,
        CASE WHEN feedstock_excluded = 'unread' AND feedstock_t > 0 THEN 'feedstock_unread' END,
        CASE WHEN feedstock_excluded = 'unread' AND verdict_net <> verdict THEN 'feedstock_decides' END,
        CASE WHEN n_suspected > 0 THEN 'sources_suspected' END,
        CASE WHEN n_rejected > 0 THEN 'sources_rejected' END,
        CASE WHEN kind = 'reduction' AND valid_t >= required_t AND valid_t = demand_t AND demand_t > 0 THEN 'must_exceed' END,
        CASE WHEN CASE WHEN net THEN spot_short_net ELSE spot_short END THEN 'spot_short' END,
        CASE WHEN stage = 'approval' AND valid_t > realised_t THEN 'planned_counted' END,
        CASE WHEN in_fenwei THEN 'basis_law_90' END,
        CASE WHEN in_fenwei AND under_plan_2023 THEN 'basis_plan_2023' END,
        CASE bound_by_2984 WHEN 'no' THEN 'not_bound_by_2984' WHEN 'yes' THEN 'bound_by_2984' END,
        CASE WHEN NOT in_fenwei THEN 'outside_key_region' END,
        CASE WHEN stage = 'commissioning' AND in_place_before_start = 'unread' THEN 'in_place_unread' END,
        CASE WHEN stage = 'commissioning' AND in_place_before_start = 'no' THEN 'in_place_not_required' END,
        CASE WHEN stage = 'commissioning' AND coalesce(actual_start > $as_of::DATE, true) THEN 'not_started' END
    ], lambda x: x IS NOT NULL) AS notes,
    clause, source, sha256, sheet, sheet_row
FROM chosen
