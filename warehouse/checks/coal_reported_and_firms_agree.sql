-- table: coal.balance
-- consequence: flag
-- zh: 地区填报合计与在统企业之和相差超过 1 %
-- en: an area's reported total and the sum of its listed firms differ by more than 1 %
SELECT r.area_kind, r.area_code, r.period, r.scope, r.quantity_t AS reported_t, f.quantity_t AS firms_t
FROM coal.balance r JOIN coal.balance f USING (area_kind, area_code, perimeter, period_kind, period, scope, item, exclusions)
WHERE r.origin = 'reported' AND f.origin = 'firms' AND f.complete AND r.item = 'coal_total' AND r.exclusions = '' AND NOT r.printed_beside
    AND r.scope <> 'scattered' AND abs(r.quantity_t - f.quantity_t) > 0.01 * greatest(r.quantity_t, f.quantity_t)
