-- Forecasts of cities: the forecasters' bulletin, models and baselines side by side.
CREATE SCHEMA IF NOT EXISTS forecast;

CREATE TABLE IF NOT EXISTS forecast.city_day (
    issued_at TIMESTAMP NOT NULL,
    city_code VARCHAR NOT NULL,
    day DATE NOT NULL,
    model VARCHAR NOT NULL,
    aqi SMALLINT,
    aqi_low SMALLINT,
    aqi_high SMALLINT,
    primary_pollutants VARCHAR,
    pm25_ugm3 DOUBLE,
    pm25_low_ugm3 DOUBLE,
    pm25_high_ugm3 DOUBLE,
    iaqi_pm25 SMALLINT,
    iaqi_pm25_low SMALLINT,
    iaqi_pm25_high SMALLINT,
    cause VARCHAR,
    cause_kind VARCHAR,
    forecaster VARCHAR,
    standard_set VARCHAR NOT NULL,
    sha256 VARCHAR,
    aqi_of_available SMALLINT,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_mda8_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    o3_1h_max_ugm3 DOUBLE,
    n_points SMALLINT,
    method VARCHAR,
    weighting VARCHAR,
    prob_above_150 DOUBLE,
    prob_above_200 DOUBLE,
    called_150 BOOLEAN,
    called_200 BOOLEAN,
    PRIMARY KEY (issued_at, city_code, day, model)
);
COMMENT ON TABLE forecast.city_day IS '城市预报：每次发布、每城、每日、每种方法一行 | city forecasts: one row per issue, city, day and model | 内部';
COMMENT ON COLUMN forecast.city_day.issued_at IS '发布时间（北京时间） | time of issue, Beijing time';
COMMENT ON COLUMN forecast.city_day.city_code IS '城市代码 | city code';
COMMENT ON COLUMN forecast.city_day.day IS '预报日期 | day forecast';
COMMENT ON COLUMN forecast.city_day.model IS '方法：bulletin 预报员简报，baseline_persistence 持续性基线，baseline_climatology 气候基线，baseline_learned 学习基线（网格模式 cams、wrf_cmaq 等为原值，其 _corrected 为订正值；baseline_ 开头的只供会商参考，不得据以定级） | model; bulletin: by the forecasters; cams, wrf_cmaq …: grids as they are, _corrected after correction; baseline_…: for consultation only, never a level';
COMMENT ON COLUMN forecast.city_day.aqi IS 'AQI；简报只给范围时为上下限中值，向上取整 | AQI; of a range its middle, rounded up';
COMMENT ON COLUMN forecast.city_day.aqi_low IS 'AQI 下限 | AQI, lower end';
COMMENT ON COLUMN forecast.city_day.aqi_high IS 'AQI 上限 | AQI, upper end';
COMMENT ON COLUMN forecast.city_day.primary_pollutants IS '首要污染物（并列全列，逗号分隔） | primary pollutants, all ties, comma separated';
COMMENT ON COLUMN forecast.city_day.pm25_ugm3 IS 'PM2.5 日均浓度；简报只给范围时为中值 | PM2.5 daily mean; of a range its middle | µg/m³';
COMMENT ON COLUMN forecast.city_day.pm25_low_ugm3 IS 'PM2.5 日均浓度下限 | PM2.5 daily mean, lower end | µg/m³';
COMMENT ON COLUMN forecast.city_day.pm25_high_ugm3 IS 'PM2.5 日均浓度上限 | PM2.5 daily mean, upper end | µg/m³';
COMMENT ON COLUMN forecast.city_day.iaqi_pm25 IS 'PM2.5 分指数 | IAQI of PM2.5';
COMMENT ON COLUMN forecast.city_day.iaqi_pm25_low IS 'PM2.5 分指数下限 | IAQI of PM2.5, lower end';
COMMENT ON COLUMN forecast.city_day.iaqi_pm25_high IS 'PM2.5 分指数上限 | IAQI of PM2.5, upper end';
COMMENT ON COLUMN forecast.city_day.cause IS '成因原文 | cause as written';
COMMENT ON COLUMN forecast.city_day.cause_kind IS '成因类别：o3, dust 沙尘, wildfire_smoke 山火, local_blowing_dust 局地扬沙, cross_border 境外传输；空为其他或未写 | kind of cause; NULL: another or none';
COMMENT ON COLUMN forecast.city_day.forecaster IS '预报员 | forecaster';
COMMENT ON COLUMN forecast.city_day.standard_set IS '所用标准 | standard set used';
COMMENT ON COLUMN forecast.city_day.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN forecast.city_day.aqi_of_available IS '按预报了的污染物算得的 AQI | AQI of the pollutants that were forecast';
COMMENT ON COLUMN forecast.city_day.pm10_ugm3 IS 'PM10 日均浓度 | PM10 daily mean | µg/m³';
COMMENT ON COLUMN forecast.city_day.so2_ugm3 IS 'SO2 日均浓度 | SO2 daily mean | µg/m³';
COMMENT ON COLUMN forecast.city_day.no2_ugm3 IS 'NO2 日均浓度 | NO2 daily mean | µg/m³';
COMMENT ON COLUMN forecast.city_day.o3_mda8_ugm3 IS 'O3 日最大8小时滑动平均 | O3 daily maximum 8 h mean | µg/m³';
COMMENT ON COLUMN forecast.city_day.co_mgm3 IS 'CO 日均浓度 | CO daily mean | mg/m³';
COMMENT ON COLUMN forecast.city_day.o3_1h_max_ugm3 IS 'O3 日最大1小时 | O3 daily maximum 1 h value | µg/m³';
COMMENT ON COLUMN forecast.city_day.n_points IS '取值点数：站点数、城市中心一点，或行政区内的网格数 | points read: stations, the one point of the city, or cells of the grid within its outline';
COMMENT ON COLUMN forecast.city_day.method IS '算法：网格为 instant_1h（瞬时值两端平均）、instant_3h（3小时瞬时值内插）、mean_1h 等；订正与基线写明方法与训练截止日 | how it was made: of moments or means and their step; correction; baseline and the last day it was trained on';
COMMENT ON COLUMN forecast.city_day.weighting IS '空间取值：area 为按行政区边界面积加权，station 为站点平均，city_point 为城市中心一点（坐标为近似值，未核实）；简报与基线为空 | how a grid was read: area: by the outline of the city, weighted by area; station: mean of its stations; city_point: one point of the city, its coordinates approximate and not verified; NULL for bulletins and baselines';
COMMENT ON COLUMN forecast.city_day.prob_above_150 IS 'AQI>150 的概率，0–1；只有基线学习模型给出 | probability of an AQI above 150, 0 to 1; of the learned baseline only';
COMMENT ON COLUMN forecast.city_day.prob_above_200 IS 'AQI>200 的概率，0–1；只有基线学习模型给出 | probability of an AQI above 200, 0 to 1; of the learned baseline only';
COMMENT ON COLUMN forecast.city_day.called_150 IS 'AQI>150 研判：概率达到训练期 CSI 最高的界；训练期此类日过少时为空；只供会商参考 | called above 150: the probability reaches the bound that served best before; NULL where such days were too few; for consultation only';
COMMENT ON COLUMN forecast.city_day.called_200 IS 'AQI>200 研判：概率达到训练期 CSI 最高的界；训练期此类日过少时为空；只供会商参考 | called above 200: the probability reaches the bound that served best before; NULL where such days were too few; for consultation only';

CREATE TABLE IF NOT EXISTS forecast.city_hour (
    issued_at TIMESTAMP NOT NULL,
    city_code VARCHAR NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    model VARCHAR NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    n_points SMALLINT NOT NULL,
    sha256 VARCHAR,
    weighting VARCHAR NOT NULL
);
COMMENT ON TABLE forecast.city_hour IS '城市小时预报：网格模式在行政区、站点或城市中心的平均，每个文件各自的结果 | hourly forecasts of cities: means of a grid over the city, at its stations or at its point, file by file | 内部';
COMMENT ON COLUMN forecast.city_hour.issued_at IS '起报时间（北京时间） | start of the forecast, Beijing time';
COMMENT ON COLUMN forecast.city_hour.city_code IS '城市代码 | city code';
COMMENT ON COLUMN forecast.city_hour.hour_end IS '小时（北京时间，时末） | end of the hour, Beijing time';
COMMENT ON COLUMN forecast.city_hour.model IS '模式 | model';
COMMENT ON COLUMN forecast.city_hour.pm25_ugm3 IS 'PM2.5 小时平均（实况状态） | PM2.5, mean of the hour, actual state | µg/m³';
COMMENT ON COLUMN forecast.city_hour.pm10_ugm3 IS 'PM10 小时平均（实况状态） | PM10, mean of the hour, actual state | µg/m³';
COMMENT ON COLUMN forecast.city_hour.so2_ugm3 IS 'SO2 小时平均（参比状态） | SO2, mean of the hour, reference state | µg/m³';
COMMENT ON COLUMN forecast.city_hour.no2_ugm3 IS 'NO2 小时平均（参比状态） | NO2, mean of the hour, reference state | µg/m³';
COMMENT ON COLUMN forecast.city_hour.o3_ugm3 IS 'O3 小时平均（参比状态） | O3, mean of the hour, reference state | µg/m³';
COMMENT ON COLUMN forecast.city_hour.co_mgm3 IS 'CO 小时平均（参比状态） | CO, mean of the hour, reference state | mg/m³';
COMMENT ON COLUMN forecast.city_hour.n_points IS '取值点数：站点数、城市中心一点，或行政区内的网格数 | points read: stations, the one point of the city, or cells of the grid within its outline';
COMMENT ON COLUMN forecast.city_hour.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN forecast.city_hour.weighting IS '空间取值：area 为按行政区边界面积加权，station 为站点平均，city_point 为城市中心一点（坐标为近似值，未核实） | how a grid was read: area: by the outline of the city, weighted by area; station: mean of its stations; city_point: one point of the city, its coordinates approximate and not verified';

CREATE TABLE IF NOT EXISTS forecast.grid_day (
    issued_at TIMESTAMP NOT NULL,
    city_code VARCHAR NOT NULL,
    day DATE NOT NULL,
    model VARCHAR NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_mda8_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    o3_1h_max_ugm3 DOUBLE,
    n_points SMALLINT NOT NULL,
    method VARCHAR NOT NULL,
    sha256 VARCHAR,
    weighting VARCHAR NOT NULL
);
COMMENT ON TABLE forecast.grid_day IS '网格预报城市日值：每个文件各自的结果，未合并、未订正 | city days of grids, file by file, neither put together nor corrected | 内部';
COMMENT ON COLUMN forecast.grid_day.issued_at IS '起报时间（北京时间） | start of the forecast, Beijing time';
COMMENT ON COLUMN forecast.grid_day.city_code IS '城市代码 | city code';
COMMENT ON COLUMN forecast.grid_day.day IS '预报日期 | day forecast';
COMMENT ON COLUMN forecast.grid_day.model IS '模式 | model';
COMMENT ON COLUMN forecast.grid_day.pm25_ugm3 IS 'PM2.5 日均浓度 | PM2.5 daily mean | µg/m³';
COMMENT ON COLUMN forecast.grid_day.pm10_ugm3 IS 'PM10 日均浓度 | PM10 daily mean | µg/m³';
COMMENT ON COLUMN forecast.grid_day.so2_ugm3 IS 'SO2 日均浓度 | SO2 daily mean | µg/m³';
COMMENT ON COLUMN forecast.grid_day.no2_ugm3 IS 'NO2 日均浓度 | NO2 daily mean | µg/m³';
COMMENT ON COLUMN forecast.grid_day.o3_mda8_ugm3 IS 'O3 日最大8小时滑动平均 | O3 daily maximum 8 h mean | µg/m³';
COMMENT ON COLUMN forecast.grid_day.co_mgm3 IS 'CO 日均浓度 | CO daily mean | mg/m³';
COMMENT ON COLUMN forecast.grid_day.o3_1h_max_ugm3 IS 'O3 日最大1小时 | O3 daily maximum 1 h value | µg/m³';
COMMENT ON COLUMN forecast.grid_day.n_points IS '取值点数：站点数、城市中心一点，或行政区内的网格数 | points read: stations, the one point of the city, or cells of the grid within its outline';
COMMENT ON COLUMN forecast.grid_day.method IS '算法 | how it was made';
COMMENT ON COLUMN forecast.grid_day.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN forecast.grid_day.weighting IS '空间取值：area 为按行政区边界面积加权，station 为站点平均，city_point 为城市中心一点（坐标为近似值，未核实） | how a grid was read: area: by the outline of the city, weighted by area; station: mean of its stations; city_point: one point of the city, its coordinates approximate and not verified';

CREATE TABLE IF NOT EXISTS forecast.not_made (
    model VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    n_days INTEGER NOT NULL,
    n_days_needed INTEGER NOT NULL,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    PRIMARY KEY (model, city_code, month)
);
COMMENT ON TABLE forecast.not_made IS '未作的基线预报：历史不足等原因 | baseline forecasts that were refused, with the reason | 内部';
COMMENT ON COLUMN forecast.not_made.model IS '方法：bulletin 预报员简报，baseline_persistence 持续性基线，baseline_climatology 气候基线，baseline_learned 学习基线 | model';
COMMENT ON COLUMN forecast.not_made.city_code IS '城市代码 | city code';
COMMENT ON COLUMN forecast.not_made.month IS '起报月份 | month of issue';
COMMENT ON COLUMN forecast.not_made.n_days IS '已有天数 | days of history there were';
COMMENT ON COLUMN forecast.not_made.n_days_needed IS '所需天数 | days of history needed';
COMMENT ON COLUMN forecast.not_made.reason_zh IS '原因（中文） | reason in Chinese';
COMMENT ON COLUMN forecast.not_made.reason_en IS '原因（英文） | reason in English';

CREATE TABLE IF NOT EXISTS forecast.verification (
    city_code VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    lead_days SMALLINT NOT NULL,
    period VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    n INTEGER NOT NULL,
    bias DOUBLE,
    rmse DOUBLE,
    mae DOUBLE,
    correlation DOUBLE,
    range_hit_rate DOUBLE,
    level_hit_rate DOUBLE,
    n_hit_150 INTEGER,
    n_miss_150 INTEGER,
    n_false_150 INTEGER,
    false_alarm_ratio_150 DOUBLE,
    csi_150 DOUBLE,
    n_hit_200 INTEGER,
    n_miss_200 INTEGER,
    n_false_200 INTEGER,
    false_alarm_ratio_200 DOUBLE,
    csi_200 DOUBLE,
    n_persistence INTEGER NOT NULL,
    rmse_persistence DOUBLE,
    skill DOUBLE,
    n_range INTEGER NOT NULL,
    share_below_low DOUBLE,
    share_above_high DOUBLE,
    pinball DOUBLE,
    pinball_persistence DOUBLE
);
COMMENT ON TABLE forecast.verification IS '预报检验：各城市、方法、时效、时段的评分 | verification of forecasts by city, model, lead time and period | 内部';
COMMENT ON COLUMN forecast.verification.city_code IS '城市代码；all 为全部城市合计 | city code; all: all cities together';
COMMENT ON COLUMN forecast.verification.model IS '方法：bulletin 预报员简报，baseline_persistence 持续性基线，baseline_climatology 气候基线，baseline_learned 学习基线 | model';
COMMENT ON COLUMN forecast.verification.lead_days IS '时效：预报日减起报日 | lead time: day forecast less day of issue | d';
COMMENT ON COLUMN forecast.verification.period IS '时段（按预报日）：年或年月 | period of the days forecast: a year or a month';
COMMENT ON COLUMN forecast.verification.item IS '项目：AQI 或 PM2.5（µg/m³） | AQI or PM2.5 [µg/m³]';
COMMENT ON COLUMN forecast.verification.n IS '对数 | pairs';
COMMENT ON COLUMN forecast.verification.bias IS '平均偏差：预报减实况 | mean of forecast less observation';
COMMENT ON COLUMN forecast.verification.rmse IS '均方根误差 | root mean square error';
COMMENT ON COLUMN forecast.verification.mae IS '平均绝对误差 | mean absolute error';
COMMENT ON COLUMN forecast.verification.correlation IS '相关系数 | correlation';
COMMENT ON COLUMN forecast.verification.range_hit_rate IS '实况落在预报上下限内的比例（只算给出范围的） | share of observations within the range given';
COMMENT ON COLUMN forecast.verification.level_hit_rate IS '级别命中率（AQI） | share of days of the level forecast (AQI)';
COMMENT ON COLUMN forecast.verification.n_hit_150 IS 'AQI>150 命中数 | days above 150, forecast and observed';
COMMENT ON COLUMN forecast.verification.n_miss_150 IS 'AQI>150 漏报数 | observed above 150, not forecast';
COMMENT ON COLUMN forecast.verification.n_false_150 IS 'AQI>150 空报数 | forecast above 150, not observed';
COMMENT ON COLUMN forecast.verification.false_alarm_ratio_150 IS 'AQI>150 空报率；未预报过时为空 | false alarm ratio above 150; NULL where none was forecast';
COMMENT ON COLUMN forecast.verification.csi_150 IS 'AQI>150 临界成功指数；既无预报也无实况时为空 | critical success index above 150; NULL where there was neither';
COMMENT ON COLUMN forecast.verification.n_hit_200 IS 'AQI>200 命中数 | days above 200, forecast and observed';
COMMENT ON COLUMN forecast.verification.n_miss_200 IS 'AQI>200 漏报数 | observed above 200, not forecast';
COMMENT ON COLUMN forecast.verification.n_false_200 IS 'AQI>200 空报数 | forecast above 200, not observed';
COMMENT ON COLUMN forecast.verification.false_alarm_ratio_200 IS 'AQI>200 空报率；未预报过时为空 | false alarm ratio above 200; NULL where none was forecast';
COMMENT ON COLUMN forecast.verification.csi_200 IS 'AQI>200 临界成功指数；既无预报也无实况时为空 | critical success index above 200; NULL where there was neither';
COMMENT ON COLUMN forecast.verification.n_persistence IS '可与持续性预报比较的对数 | pairs that persistence can be compared on';
COMMENT ON COLUMN forecast.verification.rmse_persistence IS '持续性预报（起报前一日实况）在同样日期的均方根误差 | error of persistence, the day before the issue, on the same pairs';
COMMENT ON COLUMN forecast.verification.skill IS '技巧评分：1 − 均方误差/持续性均方误差；大于 0 为优于持续性 | skill: 1 − MSE / MSE of persistence; above 0 it is better';
COMMENT ON COLUMN forecast.verification.n_range IS '给出上下限的对数 | pairs with a range';
COMMENT ON COLUMN forecast.verification.share_below_low IS '实况低于下限的比例；10%–90% 区间应为 0.1 | share of observations below the lower end; 0.1 for a range of 10 to 90 %';
COMMENT ON COLUMN forecast.verification.share_above_high IS '实况高于上限的比例；10%–90% 区间应为 0.1 | share of observations above the upper end; 0.1 for a range of 10 to 90 %';
COMMENT ON COLUMN forecast.verification.pinball IS '分位损失：下限、中值、上限按 10%、50%、90% 分位计的平均；越小越好 | pinball loss: mean over lower end, middle and upper end as 10, 50 and 90 % quantiles; the smaller the better';
COMMENT ON COLUMN forecast.verification.pinball_persistence IS '持续性预报在同样日期的分位损失：三个分位都取起报前一日实况 | pinball loss of persistence on the same pairs, all three quantiles the day before the issue';

CREATE TABLE IF NOT EXISTS forecast.verification_event (
    city_code VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    lead_days SMALLINT NOT NULL,
    period VARCHAR NOT NULL,
    threshold SMALLINT NOT NULL,
    said_by VARCHAR NOT NULL,
    n INTEGER NOT NULL,
    n_observed INTEGER NOT NULL,
    n_hit INTEGER NOT NULL,
    n_miss INTEGER NOT NULL,
    n_false INTEGER NOT NULL,
    hit_rate DOUBLE,
    false_alarm_ratio DOUBLE,
    csi DOUBLE,
    brier DOUBLE NOT NULL
);
COMMENT ON TABLE forecast.verification_event IS '重污染日预报检验：AQI>150、AQI>200 按中值、上限、概率研判、持续性分别评分 | how heavy days were forecast: AQI above 150 and 200 by middle, upper end, probability and persistence | 内部';
COMMENT ON COLUMN forecast.verification_event.city_code IS '城市代码；all 为全部城市合计 | city code; all: all cities together';
COMMENT ON COLUMN forecast.verification_event.model IS '方法：bulletin 预报员简报，baseline_persistence 持续性基线，baseline_climatology 气候基线，baseline_learned 学习基线 | model';
COMMENT ON COLUMN forecast.verification_event.lead_days IS '时效：预报日减起报日 | lead time: day forecast less day of issue | d';
COMMENT ON COLUMN forecast.verification_event.period IS '时段（按预报日）：年或年月 | period of the days forecast: a year or a month';
COMMENT ON COLUMN forecast.verification_event.threshold IS '界值：日 AQI 大于此值 | threshold: days with an AQI above it';
COMMENT ON COLUMN forecast.verification_event.said_by IS '依据：aqi 中值，aqi_high 上限，called 概率研判，persistence 起报前一日实况（同样日期，前一日缺实况者除外） | what said so: aqi: the middle; aqi_high: the upper end; called: the probability; persistence: the day before the issue, on the same pairs but those without it';
COMMENT ON COLUMN forecast.verification_event.n IS '对数 | pairs';
COMMENT ON COLUMN forecast.verification_event.n_observed IS '实况超过界值的日数 | days observed above the threshold';
COMMENT ON COLUMN forecast.verification_event.n_hit IS '命中数 | forecast and observed';
COMMENT ON COLUMN forecast.verification_event.n_miss IS '漏报数 | observed, not forecast';
COMMENT ON COLUMN forecast.verification_event.n_false IS '空报数 | forecast, not observed';
COMMENT ON COLUMN forecast.verification_event.hit_rate IS '命中率；无实况时为空 | hit rate; NULL where none was observed';
COMMENT ON COLUMN forecast.verification_event.false_alarm_ratio IS '空报率；未预报过时为空 | false alarm ratio; NULL where none was forecast';
COMMENT ON COLUMN forecast.verification_event.csi IS '临界成功指数；既无预报也无实况时为空 | critical success index; NULL where there was neither';
COMMENT ON COLUMN forecast.verification_event.brier IS 'Brier 评分：概率（研判行）或有无（其余行）与实况之差的平方平均；越小越好 | Brier score: mean square of probability (rows of called) or yes and no (other rows) less observation; the smaller the better';
