-- columns: city_code, year, day, aqi, primary_pollutants, pm25_ugm3, pm10_ugm3, o3_mda8_ugm3, no2_ugm3, so2_ugm3, co_mgm3, n_dust_hours, state, standard_set
SELECT city_code, year(day)::INTEGER AS year, day, aqi, primary_pollutants, round_8170(pm25_ugm3, 0) AS pm25_ugm3,
    round_8170(pm10_ugm3, 0) AS pm10_ugm3, round_8170(o3_mda8_ugm3, 0) AS o3_mda8_ugm3, round_8170(no2_ugm3, 0) AS no2_ugm3,
    round_8170(so2_ugm3, 0) AS so2_ugm3, round_8170(co_mgm3, 1) AS co_mgm3, n_dust_hours, state, standard_set
FROM air.city_day
WHERE state <> 'partial' AND day <= $today
ORDER BY city_code, day
