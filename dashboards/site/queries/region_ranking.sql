-- columns: region_id, period, list_kind, area_kind, city_code, standard_set, composite_index, pm25, pm10, so2, no2, o3, co, rank, composite_index_before, change_pct, rank_improvement, good_days, heavy_days, sufficient
SELECT region_id, period, list_kind, area_kind, city_code, standard_set, composite_index, index_pm25 AS pm25, index_pm10 AS pm10, index_so2 AS so2,
    index_no2 AS no2, index_o3 AS o3, index_co AS co, rank, composite_index_before, change_pct, rank_improvement, good_days, heavy_days, sufficient
FROM air.ranking k
QUALIFY row_number() OVER (
    PARTITION BY region_id, period, list_kind, city_code
    ORDER BY (SELECT max(s.valid_from) FROM ref.standard_set s WHERE s.standard_set = k.standard_set) DESC
) = 1
ORDER BY region_id, period, list_kind, rank NULLS LAST, composite_index NULLS LAST, city_code
