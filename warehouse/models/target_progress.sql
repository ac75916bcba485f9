-- 目标进度：截至某日，每个目标完成得怎样，其余时段至多可平均多少，还需多少优良天，还可有多少重污染天？
-- Target progress: as of a day, how does each target stand, what may the rest average, how many good days are needed, how many heavy days are left?
--
-- asked_target：目标与时段（截至日 as_of_day）| the targets and their periods; judged：evaluation.sql 的结果；period_count：period_days.sql 的结果
--   时段名 now_key 已过部分，before_key 上年整个时段，rest_key 上年同期的其余部分 | keys: the part passed, the whole period of the year before, the rest of it.
-- 区域：浓度与比例为成员城市平均，天数为城市天次合计 | regions: means of the cities; days are city-days.
-- …_change_pct：目标为同比降幅，先按上年修约值折算为绝对量 target_absolute；上年无数据时用 ref.published_result。
--   change targets are turned into an amount from the printed value of the year before (own data, else ref.published_result).
-- method：final 已结束；rest_as_last_year 其余时段按上年同期；rest_as_so_far 其余时段按目前水平；not_started；no_base 无上年基数；no_data
WITH now_mean AS (
    SELECT period, area_kind, area_code, value, value_printed, n_valid_days, sufficient, n_cities_expected
    FROM judged WHERE pollutant = 'PM2.5' AND statistic = 'mean' AND basis = $basis
),
-- 天数按当日标准；上年按本时段标准 | day counts under each day's own set; those of the year before under this period's set
count_now AS (
    SELECT *, good_days * coalesce(n_cities, 1) AS good_amount FROM period_count WHERE standard_set = 'each_day'
),
count_before AS (
    SELECT *, good_days * coalesce(n_cities, 1) AS good_amount FROM period_count WHERE standard_set <> 'each_day'
),
published AS (
    SELECT area_kind, area_code, period, max(value) FILTER (metric = 'pm25_mean') AS pm25, max(value) FILTER (metric = 'heavy_city_days') AS heavy
    FROM ref.published_result GROUP BY ALL
),
joined AS (
    SELECT t.*, replace(t.metric, '_change_pct', '') AS base_metric, t.metric LIKE '%_change_pct' AS is_change,
        m.value AS pm25, m.value_printed AS pm25_printed, m.sufficient AS pm25_sufficient, m.n_valid_days AS pm25_days,
        mr.value AS pm25_rest, c.good_amount AS good, c.heavy_city_days AS heavy, c.good_days_pct AS pct,
        c.good_days, c.n_valid_days AS aqi_days,
        c.n_valid_days >= $partial_month_share * c.n_days AND coalesce(c.n_cities = m.n_cities_expected, true) AS aqi_sufficient,
        coalesce(c.n_cities, 1) AS n_areas,
        cr.good_amount AS good_rest, cr.heavy_city_days AS heavy_rest, cr.good_days_pct AS pct_rest,
        coalesce(cr.n_valid_days >= $partial_month_share * cr.n_days AND coalesce(cr.n_cities = m.n_cities_expected, true), false) AS rest_known,
        coalesce(CASE WHEN mb.sufficient THEN mb.value_printed END, p.pm25) AS pm25_base,
        coalesce(CASE WHEN mb.sufficient THEN cb.heavy_city_days END, p.heavy) AS heavy_base
    FROM asked_target t
    LEFT JOIN now_mean m ON m.period = t.now_key AND m.area_kind = t.area_kind AND m.area_code = t.list_code
    LEFT JOIN now_mean mb ON mb.period = t.before_key AND mb.area_kind = t.area_kind AND mb.area_code = t.list_code
    LEFT JOIN now_mean mr ON mr.period = t.rest_key AND mr.area_kind = t.area_kind AND mr.area_code = t.list_code AND mr.sufficient
    LEFT JOIN count_now c ON c.period = t.now_key AND c.area_kind = t.area_kind AND c.area_code = t.list_code
    LEFT JOIN count_before cb ON cb.period = t.before_key AND cb.area_kind = t.area_kind AND cb.area_code = t.list_code
    LEFT JOIN count_before cr ON cr.period = t.rest_key AND cr.area_kind = t.area_kind AND cr.area_code = t.list_code
    LEFT JOIN published p ON p.area_kind = t.area_kind AND p.area_code = t.list_code AND p.period = t.before_period
),
measured AS (
    SELECT j.*,
        CASE WHEN NOT is_change THEN target_value
            WHEN base_metric = 'pm25_mean' THEN pm25_base * (1 + target_value / 100)
            WHEN base_metric = 'heavy_days' THEN heavy_base * (1 + target_value / 100) END AS target_absolute,
        CASE base_metric WHEN 'pm25_mean' THEN pm25 WHEN 'good_days' THEN good WHEN 'good_days_pct' THEN pct WHEN 'heavy_days' THEN heavy END AS value_so_far,
        coalesce(CASE WHEN base_metric = 'pm25_mean' THEN pm25_days ELSE aqi_days END, 0) AS n_valid,
        coalesce(CASE WHEN base_metric = 'pm25_mean' THEN pm25_sufficient ELSE aqi_sufficient END, false) AS sufficient,
        CASE WHEN base_metric = 'pm25_mean' THEN pm25_rest IS NOT NULL ELSE rest_known END AS use_last_year
    FROM joined j
),
-- 其余时段：至多平均多少、还需多少、余额多少、按方法推算的结果 | the rest: allowed mean, days needed, days left, and the projected outcome
reckoned AS (
    SELECT m.*,
        CASE WHEN base_metric = 'pm25_mean' AND n_days_left > 0
            THEN (target_absolute * (n_valid + n_days_left) - pm25 * n_valid) / n_days_left END AS allowed_mean,
        CASE base_metric
            WHEN 'good_days' THEN greatest(target_absolute - good, 0)
            WHEN 'good_days_pct' THEN greatest(target_absolute / 100 * (n_valid + n_days_left) - good_days, 0) END AS needed_exact,
        CASE WHEN base_metric = 'heavy_days' THEN target_absolute - heavy END AS heavy_left,
        CASE base_metric
            WHEN 'good_days' THEN good + CASE WHEN use_last_year THEN good_rest ELSE good / nullif(n_valid, 0) * n_days_left END
            WHEN 'good_days_pct' THEN (good_days + CASE WHEN use_last_year THEN pct_rest ELSE pct END / 100 * n_days_left) * 100 / (n_valid + n_days_left)
            WHEN 'heavy_days' THEN heavy + CASE WHEN use_last_year THEN heavy_rest ELSE heavy / nullif(n_valid, 0) * n_days_left END END AS projected,
        round_8170((CASE base_metric WHEN 'pm25_mean' THEN pm25_printed ELSE heavy END - CASE base_metric WHEN 'pm25_mean' THEN pm25_base ELSE heavy_base END)
            * 100 / nullif(CASE base_metric WHEN 'pm25_mean' THEN pm25_base ELSE heavy_base END, 0), 1) AS change_pct
    FROM measured m
),
decided AS (
    SELECT r.*,
        -- 单个城市的天数取整：能使比例印成目标值的最少天数 | one city: the least whole days with which the share prints as the target
        CASE WHEN base_metric <> 'good_days_pct' OR area_kind = 'region' THEN needed_exact
            WHEN round_8170((good_days + ceil(needed_exact) - 1) * 100 / nullif(n_valid + n_days_left, 0), 1) >= target_absolute
                THEN greatest(ceil(needed_exact) - 1, 0)
            ELSE ceil(needed_exact) END AS needed,
        CASE base_metric
            WHEN 'pm25_mean' THEN CASE WHEN is_change THEN change_pct <= target_value ELSE pm25_printed <= target_absolute END
            WHEN 'good_days' THEN good >= target_absolute
            WHEN 'good_days_pct' THEN pct >= target_absolute
            WHEN 'heavy_days' THEN coalesce(CASE WHEN is_change THEN change_pct <= target_value END, heavy <= target_absolute) END AS attained_now,
        CASE base_metric
            WHEN 'pm25_mean' THEN CASE WHEN use_last_year THEN allowed_mean >= pm25_rest
                WHEN is_change THEN change_pct <= target_value ELSE pm25_printed <= target_absolute END
            WHEN 'good_days' THEN projected >= target_absolute
            WHEN 'good_days_pct' THEN round_8170(projected, 1) >= target_absolute
            WHEN 'heavy_days' THEN projected <= target_absolute END AS on_course
    FROM reckoned r
),
ruled AS (
    SELECT d.*,
        CASE
            WHEN value_so_far IS NULL OR target_absolute IS NULL THEN 'insufficient'
            -- 计数只增不减，已成定局者不因缺测而改变 | counts only grow: what is settled stays settled whatever data are missing
            WHEN base_metric = 'good_days' AND attained_now THEN 'met'
            WHEN base_metric = 'heavy_days' AND NOT attained_now THEN CASE WHEN n_days_left > 0 THEN 'out_of_reach' ELSE 'failed' END
            WHEN NOT sufficient THEN 'insufficient'
            WHEN n_days_left = 0 THEN CASE WHEN attained_now THEN 'met' ELSE 'failed' END
            WHEN base_metric = 'pm25_mean' AND allowed_mean <= 0 THEN 'out_of_reach'
            WHEN base_metric = 'good_days' AND needed > n_days_left * n_areas THEN 'out_of_reach'
            WHEN base_metric = 'good_days_pct' AND needed > n_days_left THEN 'out_of_reach'
            WHEN base_metric = 'good_days_pct' AND needed <= 0 THEN 'met'
            WHEN on_course THEN 'on_track' ELSE 'behind'
        END AS verdict
    FROM decided d
)
SELECT target_id, as_of_day, area_kind, area_code, period, metric, target_value, target_absolute, value_so_far,
    n_valid::DOUBLE AS n_valid_days, n_days_left::INTEGER AS n_days_left, allowed_mean AS allowed_mean_rest_ugm3,
    needed AS good_days_needed, heavy_left AS heavy_days_left,
    CASE verdict WHEN 'insufficient' THEN NULL ELSE verdict IN ('met', 'on_track') END AS on_track, verdict,
    CASE WHEN as_of_day < day_first THEN 'not_started' WHEN value_so_far IS NULL THEN 'no_data' WHEN target_absolute IS NULL THEN 'no_base'
        WHEN n_days_left = 0 THEN 'final' WHEN use_last_year THEN 'rest_as_last_year' ELSE 'rest_as_so_far' END AS method
FROM ruled
ORDER BY target_id
