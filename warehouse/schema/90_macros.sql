-- Macros for analysts and for the models.
-- No subquery below contains an argument: each is then evaluated once for the whole query (a correlated look-up is a
-- hundred times slower), and a caller's column that happens to be called item or step is never captured.

-- 修约（GB/T 8170，四舍六入五成双） | rounding, half to even on the decimal value
CREATE OR REPLACE MACRO round_8170(x, digits) AS (
    CASE
        WHEN digits >= 0 THEN
            CASE
                WHEN abs(2 * (x::DOUBLE * power(10, digits)) - round(2 * (x::DOUBLE * power(10, digits))))
                    <= least(1e-9 * greatest(1, abs(x::DOUBLE * power(10, digits))), 1e-4)
                THEN round_even(round(2 * (x::DOUBLE * power(10, digits))) / 2, 0)
                ELSE round(x::DOUBLE * power(10, digits))
            END / power(10, digits) + 0.0
        ELSE
            CASE
                WHEN abs(2 * (x::DOUBLE / power(10, -digits)) - round(2 * (x::DOUBLE / power(10, -digits))))
                    <= least(1e-9 * greatest(1, abs(x::DOUBLE / power(10, -digits))), 1e-4)
                THEN round_even(round(2 * (x::DOUBLE / power(10, -digits))) / 2, 0)
                ELSE round(x::DOUBLE / power(10, -digits))
            END * power(10, -digits) + 0.0
    END
);

-- 全部 IAQI 依次排成一列，供按位置取值 | every IAQI in one list, to be taken by position
CREATE OR REPLACE MACRO ref.iaqi_values() AS (
    SELECT list(_r.iaqi ORDER BY _r.aqi_standard, _r.item, _r.step) FROM ref.iaqi AS _r
);

-- “标准集/项目”→ 在该列中的首位与末步 | standard set and item to first position and last step in that list
CREATE OR REPLACE MACRO ref.iaqi_positions() AS (
    SELECT map(list(_s.standard_set || '/' || _p._item), list({'first': _p._first, 'last': _p._last}))
    FROM (
        SELECT _r.aqi_standard AS _aqi_standard, _r.item AS _item, max(_r.step)::BIGINT AS _last,
               (sum(count(*)) OVER (ORDER BY _r.aqi_standard, _r.item) - count(*) + 1)::BIGINT AS _first
        FROM ref.iaqi AS _r
        GROUP BY _r.aqi_standard, _r.item
    ) AS _p
    JOIN ref.standard_set AS _s ON _s.aqi_standard = _p._aqi_standard
);

-- 标准集 → 缺项规则（日、小时） | standard set to its rule for missing pollutants, in days and in hours
CREATE OR REPLACE MACRO ref.missing_rules(_rule) AS (
    SELECT map(list(_p._set), list(_p._value))
    FROM (
        SELECT _s.standard_set AS _set, arg_max(_r.value, _r.practice::INT) AS _value
        FROM ref.aqi_rule AS _r
        JOIN ref.standard_set AS _s ON _s.aqi_standard = _r.aqi_standard
        WHERE _r.rule = _rule
        GROUP BY _s.standard_set
    ) AS _p
);

-- IAQI：浓度先修约（CO 一位小数，其余取整）再查表；超过最高分级点按标准处理；空值、负值、该项无分指数时为空
-- IAQI of a concentration, rounded first; NULL for NULL, negative values and where the item gives none
CREATE OR REPLACE MACRO iaqi_step(item, concentration) AS (
    round_8170(concentration * CASE WHEN starts_with(item, 'CO_') THEN 10 ELSE 1 END, 0)
);
CREATE OR REPLACE MACRO iaqi(item, concentration, standard) AS (
    CASE
        WHEN isfinite(iaqi_step(item, concentration)) AND iaqi_step(item, concentration) >= 0
        THEN (ref.iaqi_values())[
            (ref.iaqi_positions())[standard || '/' || item].first
            + least(iaqi_step(item, concentration), (ref.iaqi_positions())[standard || '/' || item].last)::BIGINT
        ]
    END
);

-- AQI 级别 1–6 | level of an AQI
CREATE OR REPLACE MACRO aqi_level(aqi) AS (
    CASE
        WHEN aqi < 0 THEN NULL
        WHEN aqi <= 50 THEN 1
        WHEN aqi <= 100 THEN 2
        WHEN aqi <= 150 THEN 3
        WHEN aqi <= 200 THEN 4
        WHEN aqi <= 300 THEN 5
        WHEN aqi > 300 THEN 6
    END
);

-- AQI 类别 | category of an AQI, in Chinese
CREATE OR REPLACE MACRO aqi_category(aqi) AS (
    ['优', '良', '轻度污染', '中度污染', '重度污染', '严重污染'][aqi_level(aqi)]
);

-- 由六个 IAQI（顺序 PM2.5、PM10、SO2、NO2、O3、CO）与缺项规则得 AQI 与首要污染物
-- six IAQIs in that order and the rule for missing ones → {aqi_of_available, aqi, primary_pollutants}
CREATE OR REPLACE MACRO aqi_of(iaqis, missing_rule) AS (
    list_transform(
        list_transform(
            [{'parts': iaqis, 'highest': list_max(iaqis), 'rule': missing_rule}],
            lambda _a: {
                'parts': _a.parts,
                'highest': _a.highest,
                'aqi': CASE
                    WHEN _a.rule = 'skip' OR list_count(_a.parts) = 6 OR _a.highest > 100 THEN _a.highest
                END
            }
        ),
        lambda _b: {
            'aqi_of_available': _b.highest,
            'aqi': _b.aqi,
            'primary_pollutants': CASE
                WHEN _b.aqi > 50
                THEN array_to_string(
                    list_filter(
                        ['PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO'],
                        lambda _name, _place: _b.parts[_place] = _b.highest
                    ),
                    ','
                )
            END
        }
    )[1]
);

-- 日报：六项日值（O3 为最大8小时，另给最大1小时）→ AQI；O3 8小时无分指数时用1小时
-- a day: six daily values, O3 as MDA8 with its 1 h maximum, which is used where the 8 h value gives no IAQI
CREATE OR REPLACE MACRO aqi_row(pm25, pm10, so2, no2, o3_mda8, o3_1h_max, co, standard) AS (
    aqi_of(
        [
            iaqi('PM2.5_24h', pm25, standard),
            iaqi('PM10_24h', pm10, standard),
            iaqi('SO2_24h', so2, standard),
            iaqi('NO2_24h', no2, standard),
            CASE
                WHEN o3_mda8 IS NOT NULL
                THEN coalesce(iaqi('O3_8h', o3_mda8, standard), iaqi('O3_1h', o3_1h_max, standard))
            END,
            iaqi('CO_24h', co, standard)
        ],
        (ref.missing_rules('missing_day'))[standard]
    )
);

-- 小时报：六项1小时值 → AQI（PM 用日均分级浓度） | an hour: six 1 h values, PM on the daily breakpoints
CREATE OR REPLACE MACRO aqi_hour_row(pm25, pm10, so2, no2, o3, co, standard) AS (
    aqi_of(
        [
            iaqi('PM2.5_24h', pm25, standard),
            iaqi('PM10_24h', pm10, standard),
            iaqi('SO2_1h', so2, standard),
            iaqi('NO2_1h', no2, standard),
            iaqi('O3_1h', o3, standard),
            iaqi('CO_1h', co, standard)
        ],
        (ref.missing_rules('missing_hour'))[standard]
    )
);

-- 全部城市日报按指定标准集重算 AQI 与首要污染物，其余各列不变
-- every city-day with its AQI and primary pollutants under one standard set, other columns as they are
CREATE OR REPLACE MACRO air.city_day_under(standard) AS TABLE (
    SELECT * EXCLUDE (_under) REPLACE (
        _under.aqi AS aqi,
        _under.aqi_of_available AS aqi_of_available,
        _under.primary_pollutants AS primary_pollutants,
        standard AS standard_set
    )
    FROM (
        SELECT d.*, aqi_row(
            d.pm25_ugm3, d.pm10_ugm3, d.so2_ugm3, d.no2_ugm3, d.o3_mda8_ugm3, d.o3_1h_max_ugm3, d.co_mgm3, standard
        ) AS _under
        FROM air.city_day AS d
    )
);
