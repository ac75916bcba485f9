-- table: coal.balance
-- consequence: block
-- zh: 煤合计不等于各品种之和，或市不等于所辖区县企业之和
-- en: total coal is not the sum of its products, or a city not the sum of the firms of its counties
WITH parts AS (
    SELECT area_kind, area_code, period, scope, max(quantity_t) FILTER (item = 'coal_total') AS total_t,
        sum(quantity_t) FILTER (item IN ('raw_coal', 'washed_coal', 'other_coal', 'gangue')) AS parts_t
    FROM coal.balance WHERE origin = 'firms' AND period_kind <> 'year' AND scope <> 'scattered' GROUP BY ALL
),
counties AS (
    SELECT c.city_code AS area_code, b.period, b.scope, b.item, sum(b.quantity_t) AS counties_t, sum(b.quantity_tce) AS counties_tce
    FROM coal.balance b JOIN (SELECT DISTINCT county_code, city_code FROM ref.county) c ON c.county_code = b.area_code
    WHERE b.area_kind = 'county' AND b.origin = 'firms' AND b.scope <> 'scattered' GROUP BY ALL
),
unplaced AS (SELECT DISTINCT city_code FROM coal.use_month WHERE county_code IS NULL UNION SELECT DISTINCT city_code FROM coal.use_year WHERE county_code IS NULL
    UNION SELECT city_code FROM coal.use_month WHERE county_code NOT IN (SELECT county_code FROM ref.county))
SELECT area_kind, area_code, period, scope, 'products' AS what, total_t, parts_t FROM parts WHERE total_t <> parts_t
UNION ALL
SELECT 'city', b.area_code, b.period, b.scope, b.item, b.quantity_t, c.counties_t
FROM coal.balance b JOIN counties c USING (area_code, period, scope, item)
WHERE b.area_kind = 'city' AND b.origin = 'firms' AND b.quantity_t <> c.counties_t AND b.area_code NOT IN (SELECT city_code FROM unplaced WHERE city_code IS NOT NULL)
