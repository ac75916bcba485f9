-- 同一模式同一起报的几个文件（如 CAMS 的地面层与模式层）合成一份：每项取最新文件的值。
-- Several files of one run (as the surface and the model-level file of CAMS) put together: each pollutant from the newest.
WITH ranked AS (
    SELECT g.*, f.place
    FROM forecast.grid_day g
    JOIN (
        SELECT sha256, row_number() OVER (ORDER BY max(modified_ns), sha256) AS place
        FROM ops.source_file WHERE status <> 'superseded' GROUP BY sha256
    ) f USING (sha256)
)
SELECT issued_at, city_code, day, model,
    arg_max(pm25_ugm3, place) FILTER (pm25_ugm3 IS NOT NULL) AS pm25_ugm3,
    arg_max(pm10_ugm3, place) FILTER (pm10_ugm3 IS NOT NULL) AS pm10_ugm3,
    arg_max(so2_ugm3, place) FILTER (so2_ugm3 IS NOT NULL) AS so2_ugm3,
    arg_max(no2_ugm3, place) FILTER (no2_ugm3 IS NOT NULL) AS no2_ugm3,
    arg_max(o3_mda8_ugm3, place) FILTER (o3_mda8_ugm3 IS NOT NULL) AS o3_mda8_ugm3,
    arg_max(co_mgm3, place) FILTER (co_mgm3 IS NOT NULL) AS co_mgm3,
    arg_max(o3_1h_max_ugm3, place) FILTER (o3_mda8_ugm3 IS NOT NULL) AS o3_1h_max_ugm3,
    max(n_points) AS n_points, string_agg(DISTINCT method, '+' ORDER BY method) AS method, arg_max(sha256, place) AS sha256,
    arg_max(weighting, place) AS weighting
FROM ranked
GROUP BY issued_at, city_code, day, model
ORDER BY issued_at, model, city_code, day
