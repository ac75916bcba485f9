-- table: coal.report_energy
-- consequence: flag
-- zh: 最新月报早于允许的滞后月数
-- en: the newest monthly return is older than the months it may be late
SELECT max(month) AS newest FROM coal.report_energy
HAVING max(month) < strftime(
    date_trunc('month', $as_of::TIMESTAMP)::DATE - to_months(1 + (
        SELECT max(value)::INTEGER FROM ref.coal_rule WHERE rule = 'target_months_late'
    )), '%Y-%m')
