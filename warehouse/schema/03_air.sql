-- Air: hours and days of stations, cities, assessment units and regions, and what is judged from them.
CREATE SCHEMA IF NOT EXISTS air;

CREATE TABLE IF NOT EXISTS air.station_hour (
    station_code VARCHAR NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    pm25_ugm3 INTEGER,
    pm10_ugm3 INTEGER,
    so2_ugm3 INTEGER,
    no2_ugm3 INTEGER,
    o3_ugm3 INTEGER,
    co_mgm3 DOUBLE,
    aqi SMALLINT,
    primary_pollutants VARCHAR,
    standard_set VARCHAR NOT NULL,
    flag VARCHAR
);
COMMENT ON TABLE air.station_hour IS '站点小时：原始1小时浓度与 AQI（键由构造与检查保证唯一） | station hours: reported 1 h concentrations and AQI (unique by construction and by check) | 公开';
COMMENT ON COLUMN air.station_hour.station_code IS '站点编码 | station code';
COMMENT ON COLUMN air.station_hour.hour_end IS '小时（结束时刻，北京时间） | end of the averaging hour, Beijing time';
COMMENT ON COLUMN air.station_hour.pm25_ugm3 IS 'PM2.5 1小时浓度 | PM2.5 1 h concentration | µg/m³';
COMMENT ON COLUMN air.station_hour.pm10_ugm3 IS 'PM10 1小时浓度 | PM10 1 h concentration | µg/m³';
COMMENT ON COLUMN air.station_hour.so2_ugm3 IS 'SO2 1小时浓度 | SO2 1 h concentration | µg/m³';
COMMENT ON COLUMN air.station_hour.no2_ugm3 IS 'NO2 1小时浓度 | NO2 1 h concentration | µg/m³';
COMMENT ON COLUMN air.station_hour.o3_ugm3 IS 'O3 1小时浓度 | O3 1 h concentration | µg/m³';
COMMENT ON COLUMN air.station_hour.co_mgm3 IS 'CO 1小时浓度 | CO 1 h concentration | mg/m³';
COMMENT ON COLUMN air.station_hour.aqi IS 'AQI；标准不允许发布时为空 | AQI; NULL where the standard forbids publishing it';
COMMENT ON COLUMN air.station_hour.primary_pollutants IS '首要污染物（AQI>50；并列全列，逗号分隔） | primary pollutants (AQI > 50; all ties, comma separated)';
COMMENT ON COLUMN air.station_hour.standard_set IS '所用标准 | standard set used';
COMMENT ON COLUMN air.station_hour.flag IS '该行最差质量标识：空为正常，doubtful 存疑，bad 无效 | worst quality flag of the row: NULL good, doubtful, bad';

CREATE TABLE IF NOT EXISTS air.quality_flag (
    station_code VARCHAR NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    pollutant VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    flag VARCHAR NOT NULL
);
COMMENT ON TABLE air.quality_flag IS '质量标识（稀疏；原始值从不改动） | quality flags (sparse; reported values are never changed) | 公开';
COMMENT ON COLUMN air.quality_flag.station_code IS '站点编码 | station code';
COMMENT ON COLUMN air.quality_flag.hour_end IS '小时（结束时刻，北京时间） | end of the averaging hour, Beijing time';
COMMENT ON COLUMN air.quality_flag.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN air.quality_flag.rule IS '规则编号（见 ref.quality_rule） | rule id, see ref.quality_rule';
COMMENT ON COLUMN air.quality_flag.flag IS '标识：doubtful 存疑（保留），bad 无效（不参加计算） | doubtful (kept) or bad (excluded)';

CREATE TABLE IF NOT EXISTS air.station_day (
    station_code VARCHAR NOT NULL,
    day DATE NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_mda8_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    n_hours_pm25 SMALLINT NOT NULL,
    n_hours_pm10 SMALLINT NOT NULL,
    n_hours_so2 SMALLINT NOT NULL,
    n_hours_no2 SMALLINT NOT NULL,
    n_hours_o3 SMALLINT NOT NULL,
    n_hours_co SMALLINT NOT NULL,
    n_windows_o3 SMALLINT NOT NULL,
    o3_1h_max_ugm3 DOUBLE,
    aqi SMALLINT,
    aqi_of_available SMALLINT,
    primary_pollutants VARCHAR,
    standard_set VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    flag VARCHAR
);
COMMENT ON TABLE air.station_day IS '站点日报 | station days | 公开';
COMMENT ON COLUMN air.station_day.station_code IS '站点编码 | station code';
COMMENT ON COLUMN air.station_day.day IS '日期 | day';
COMMENT ON COLUMN air.station_day.pm25_ugm3 IS 'PM2.5 日均浓度（未修约） | PM2.5 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.station_day.pm10_ugm3 IS 'PM10 日均浓度（未修约） | PM10 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.station_day.so2_ugm3 IS 'SO2 日均浓度（未修约） | SO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.station_day.no2_ugm3 IS 'NO2 日均浓度（未修约） | NO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.station_day.o3_mda8_ugm3 IS 'O3 日最大8小时滑动平均（未修约） | O3 daily maximum 8 h mean, not rounded | µg/m³';
COMMENT ON COLUMN air.station_day.co_mgm3 IS 'CO 日均浓度（未修约） | CO daily mean, not rounded | mg/m³';
COMMENT ON COLUMN air.station_day.n_hours_pm25 IS 'PM2.5 有效小时数 | valid hours of PM2.5';
COMMENT ON COLUMN air.station_day.n_hours_pm10 IS 'PM10 有效小时数 | valid hours of PM10';
COMMENT ON COLUMN air.station_day.n_hours_so2 IS 'SO2 有效小时数 | valid hours of SO2';
COMMENT ON COLUMN air.station_day.n_hours_no2 IS 'NO2 有效小时数 | valid hours of NO2';
COMMENT ON COLUMN air.station_day.n_hours_o3 IS 'O3 有效小时数 | valid hours of O3';
COMMENT ON COLUMN air.station_day.n_hours_co IS 'CO 有效小时数 | valid hours of CO';
COMMENT ON COLUMN air.station_day.n_windows_o3 IS 'O3 有效8小时滑动窗口数（8–24时，共17） | valid 8 h windows of O3 ending at 8…24 (17 possible)';
COMMENT ON COLUMN air.station_day.o3_1h_max_ugm3 IS 'O3 日最大1小时 | O3 daily maximum 1 h value | µg/m³';
COMMENT ON COLUMN air.station_day.aqi IS 'AQI；标准不允许发布时为空 | AQI; NULL where the standard forbids publishing it';
COMMENT ON COLUMN air.station_day.aqi_of_available IS '按现有污染物算得的 AQI | AQI of the pollutants available';
COMMENT ON COLUMN air.station_day.primary_pollutants IS '首要污染物（AQI>50；并列全列，逗号分隔） | primary pollutants (AQI > 50; all ties, comma separated)';
COMMENT ON COLUMN air.station_day.standard_set IS '所用标准 | standard set used';
COMMENT ON COLUMN air.station_day.state IS '数据状态：partial 未齐，complete 24小时齐（实况），closed 逾期未齐（实况），reviewed 审核 | state of the day';
COMMENT ON COLUMN air.station_day.flag IS '最差质量标识 | worst quality flag';

CREATE TABLE IF NOT EXISTS air.city_hour (
    city_code VARCHAR NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    n_stations SMALLINT NOT NULL,
    n_stations_expected SMALLINT NOT NULL,
    aqi SMALLINT,
    aqi_of_available SMALLINT,
    primary_pollutants VARCHAR,
    standard_set VARCHAR NOT NULL
);
COMMENT ON TABLE air.city_hour IS '城市小时：各评价点1小时浓度的平均（未修约）及其 AQI | city hours: means of the stations'' 1 h values, not rounded, and their AQI | 公开';
COMMENT ON COLUMN air.city_hour.city_code IS '城市代码 | city code';
COMMENT ON COLUMN air.city_hour.hour_end IS '小时（结束时刻，北京时间） | end of the averaging hour, Beijing time';
COMMENT ON COLUMN air.city_hour.pm25_ugm3 IS 'PM2.5 1小时浓度 | PM2.5 1 h concentration | µg/m³';
COMMENT ON COLUMN air.city_hour.pm10_ugm3 IS 'PM10 1小时浓度 | PM10 1 h concentration | µg/m³';
COMMENT ON COLUMN air.city_hour.so2_ugm3 IS 'SO2 1小时浓度 | SO2 1 h concentration | µg/m³';
COMMENT ON COLUMN air.city_hour.no2_ugm3 IS 'NO2 1小时浓度 | NO2 1 h concentration | µg/m³';
COMMENT ON COLUMN air.city_hour.o3_ugm3 IS 'O3 1小时浓度 | O3 1 h concentration | µg/m³';
COMMENT ON COLUMN air.city_hour.co_mgm3 IS 'CO 1小时浓度 | CO 1 h concentration | mg/m³';
COMMENT ON COLUMN air.city_hour.n_stations IS '参加平均的站点数 | stations that reported';
COMMENT ON COLUMN air.city_hour.n_stations_expected IS '应有站点数（当月有数据的城市评价点） | stations expected: listed city stations that reported in that month';
COMMENT ON COLUMN air.city_hour.aqi IS 'AQI；标准不允许发布时为空 | AQI; NULL where the standard forbids publishing it';
COMMENT ON COLUMN air.city_hour.aqi_of_available IS '按现有污染物算得的 AQI | AQI of the pollutants available';
COMMENT ON COLUMN air.city_hour.primary_pollutants IS '首要污染物（AQI>50；并列全列，逗号分隔） | primary pollutants (AQI > 50; all ties, comma separated)';
COMMENT ON COLUMN air.city_hour.standard_set IS '所用标准 | standard set used';

CREATE TABLE IF NOT EXISTS air.city_day (
    city_code VARCHAR NOT NULL,
    day DATE NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_mda8_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    o3_1h_max_ugm3 DOUBLE,
    pm25_after_dust_ugm3 DOUBLE,
    pm10_after_dust_ugm3 DOUBLE,
    n_dust_hours SMALLINT NOT NULL,
    n_stations SMALLINT NOT NULL,
    n_stations_expected SMALLINT NOT NULL,
    n_stations_pm25 SMALLINT NOT NULL,
    n_stations_pm10 SMALLINT NOT NULL,
    n_stations_so2 SMALLINT NOT NULL,
    n_stations_no2 SMALLINT NOT NULL,
    n_stations_o3 SMALLINT NOT NULL,
    n_stations_co SMALLINT NOT NULL,
    aqi SMALLINT,
    aqi_of_available SMALLINT,
    primary_pollutants VARCHAR,
    standard_set VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    document_no VARCHAR
);
COMMENT ON TABLE air.city_day IS '城市日报：各评价点日值的平均（未修约）及其 AQI | city days: means of the stations'' daily values, not rounded, and their AQI | 公开';
COMMENT ON COLUMN air.city_day.city_code IS '城市代码 | city code';
COMMENT ON COLUMN air.city_day.day IS '日期 | day';
COMMENT ON COLUMN air.city_day.pm25_ugm3 IS 'PM2.5 日均浓度（未修约） | PM2.5 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.city_day.pm10_ugm3 IS 'PM10 日均浓度（未修约） | PM10 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.city_day.so2_ugm3 IS 'SO2 日均浓度（未修约） | SO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.city_day.no2_ugm3 IS 'NO2 日均浓度（未修约） | NO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.city_day.o3_mda8_ugm3 IS 'O3 日最大8小时滑动平均（未修约） | O3 daily maximum 8 h mean, not rounded | µg/m³';
COMMENT ON COLUMN air.city_day.co_mgm3 IS 'CO 日均浓度（未修约） | CO daily mean, not rounded | mg/m³';
COMMENT ON COLUMN air.city_day.o3_1h_max_ugm3 IS 'O3 日最大1小时（各站平均） | O3 daily maximum 1 h value, mean of stations | µg/m³';
COMMENT ON COLUMN air.city_day.pm25_after_dust_ugm3 IS 'PM2.5 扣沙后日均浓度（官方沙尘日为空） | PM2.5 daily mean after sand deduction (NULL on official dust days) | µg/m³';
COMMENT ON COLUMN air.city_day.pm10_after_dust_ugm3 IS 'PM10 扣沙后日均浓度（官方沙尘日为空） | PM10 daily mean after sand deduction (NULL on official dust days) | µg/m³';
COMMENT ON COLUMN air.city_day.n_dust_hours IS '官方沙尘小时数 | official dust hours';
COMMENT ON COLUMN air.city_day.n_stations IS '参加平均的站点数 | stations that reported';
COMMENT ON COLUMN air.city_day.n_stations_expected IS '应有站点数（当月有数据的城市评价点） | stations expected: listed city stations that reported in that month';
COMMENT ON COLUMN air.city_day.n_stations_pm25 IS 'PM2.5 有效站点数 | stations with a valid PM2.5 day';
COMMENT ON COLUMN air.city_day.n_stations_pm10 IS 'PM10 有效站点数 | stations with a valid PM10 day';
COMMENT ON COLUMN air.city_day.n_stations_so2 IS 'SO2 有效站点数 | stations with a valid SO2 day';
COMMENT ON COLUMN air.city_day.n_stations_no2 IS 'NO2 有效站点数 | stations with a valid NO2 day';
COMMENT ON COLUMN air.city_day.n_stations_o3 IS 'O3 有效站点数 | stations with a valid O3 day';
COMMENT ON COLUMN air.city_day.n_stations_co IS 'CO 有效站点数 | stations with a valid CO day';
COMMENT ON COLUMN air.city_day.aqi IS 'AQI；标准不允许发布时为空 | AQI; NULL where the standard forbids publishing it';
COMMENT ON COLUMN air.city_day.aqi_of_available IS '按现有污染物算得的 AQI | AQI of the pollutants available';
COMMENT ON COLUMN air.city_day.primary_pollutants IS '首要污染物（AQI>50；并列全列，逗号分隔） | primary pollutants (AQI > 50; all ties, comma separated)';
COMMENT ON COLUMN air.city_day.standard_set IS '所用标准 | standard set used';
COMMENT ON COLUMN air.city_day.state IS '数据状态：partial 未齐，complete 24小时齐（实况），closed 逾期未齐（实况），reviewed 审核 | state of the day';
COMMENT ON COLUMN air.city_day.document_no IS '审核或沙尘文件的文号 | number of the document of review or dust';

CREATE TABLE IF NOT EXISTS air.unit_day (
    unit_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_mda8_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    o3_1h_max_ugm3 DOUBLE,
    pm25_after_dust_ugm3 DOUBLE,
    pm10_after_dust_ugm3 DOUBLE,
    n_dust_hours SMALLINT NOT NULL,
    n_stations SMALLINT NOT NULL,
    n_stations_expected SMALLINT NOT NULL,
    n_stations_pm25 SMALLINT NOT NULL,
    n_stations_pm10 SMALLINT NOT NULL,
    n_stations_so2 SMALLINT NOT NULL,
    n_stations_no2 SMALLINT NOT NULL,
    n_stations_o3 SMALLINT NOT NULL,
    n_stations_co SMALLINT NOT NULL,
    aqi SMALLINT,
    aqi_of_available SMALLINT,
    primary_pollutants VARCHAR,
    standard_set VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    document_no VARCHAR
);
COMMENT ON TABLE air.unit_day IS '考核单元日报（杨凌、韩城、西咸等，在所属城市之内） | days of assessment units inside their cities | 公开';
COMMENT ON COLUMN air.unit_day.unit_id IS '考核单元编号 | assessment unit';
COMMENT ON COLUMN air.unit_day.day IS '日期 | day';
COMMENT ON COLUMN air.unit_day.pm25_ugm3 IS 'PM2.5 日均浓度（未修约） | PM2.5 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.unit_day.pm10_ugm3 IS 'PM10 日均浓度（未修约） | PM10 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.unit_day.so2_ugm3 IS 'SO2 日均浓度（未修约） | SO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.unit_day.no2_ugm3 IS 'NO2 日均浓度（未修约） | NO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.unit_day.o3_mda8_ugm3 IS 'O3 日最大8小时滑动平均（未修约） | O3 daily maximum 8 h mean, not rounded | µg/m³';
COMMENT ON COLUMN air.unit_day.co_mgm3 IS 'CO 日均浓度（未修约） | CO daily mean, not rounded | mg/m³';
COMMENT ON COLUMN air.unit_day.o3_1h_max_ugm3 IS 'O3 日最大1小时（各站平均） | O3 daily maximum 1 h value, mean of stations | µg/m³';
COMMENT ON COLUMN air.unit_day.pm25_after_dust_ugm3 IS 'PM2.5 扣沙后日均浓度（官方沙尘日为空） | PM2.5 daily mean after sand deduction (NULL on official dust days) | µg/m³';
COMMENT ON COLUMN air.unit_day.pm10_after_dust_ugm3 IS 'PM10 扣沙后日均浓度（官方沙尘日为空） | PM10 daily mean after sand deduction (NULL on official dust days) | µg/m³';
COMMENT ON COLUMN air.unit_day.n_dust_hours IS '官方沙尘小时数 | official dust hours';
COMMENT ON COLUMN air.unit_day.n_stations IS '参加平均的站点数 | stations that reported';
COMMENT ON COLUMN air.unit_day.n_stations_expected IS '应有站点数（当月有数据的城市评价点） | stations expected: listed city stations that reported in that month';
COMMENT ON COLUMN air.unit_day.n_stations_pm25 IS 'PM2.5 有效站点数 | stations with a valid PM2.5 day';
COMMENT ON COLUMN air.unit_day.n_stations_pm10 IS 'PM10 有效站点数 | stations with a valid PM10 day';
COMMENT ON COLUMN air.unit_day.n_stations_so2 IS 'SO2 有效站点数 | stations with a valid SO2 day';
COMMENT ON COLUMN air.unit_day.n_stations_no2 IS 'NO2 有效站点数 | stations with a valid NO2 day';
COMMENT ON COLUMN air.unit_day.n_stations_o3 IS 'O3 有效站点数 | stations with a valid O3 day';
COMMENT ON COLUMN air.unit_day.n_stations_co IS 'CO 有效站点数 | stations with a valid CO day';
COMMENT ON COLUMN air.unit_day.aqi IS 'AQI；标准不允许发布时为空 | AQI; NULL where the standard forbids publishing it';
COMMENT ON COLUMN air.unit_day.aqi_of_available IS '按现有污染物算得的 AQI | AQI of the pollutants available';
COMMENT ON COLUMN air.unit_day.primary_pollutants IS '首要污染物（AQI>50；并列全列，逗号分隔） | primary pollutants (AQI > 50; all ties, comma separated)';
COMMENT ON COLUMN air.unit_day.standard_set IS '所用标准 | standard set used';
COMMENT ON COLUMN air.unit_day.state IS '数据状态：partial 未齐，complete 24小时齐（实况），closed 逾期未齐（实况），reviewed 审核 | state of the day';
COMMENT ON COLUMN air.unit_day.document_no IS '审核或沙尘文件的文号 | number of the document of review or dust';

CREATE TABLE IF NOT EXISTS air.reviewed_day (
    area_code VARCHAR NOT NULL,
    day DATE NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_mda8_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    document_no VARCHAR,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (area_code, day)
);
COMMENT ON TABLE air.reviewed_day IS '审核日值（原样保存） | reviewed daily values as received | 内部';
COMMENT ON COLUMN air.reviewed_day.area_code IS '城市代码、考核单元或站点编码 | city, unit or station code';
COMMENT ON COLUMN air.reviewed_day.day IS '日期 | day';
COMMENT ON COLUMN air.reviewed_day.pm25_ugm3 IS 'PM2.5 日均浓度（未修约） | PM2.5 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.reviewed_day.pm10_ugm3 IS 'PM10 日均浓度（未修约） | PM10 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.reviewed_day.so2_ugm3 IS 'SO2 日均浓度（未修约） | SO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.reviewed_day.no2_ugm3 IS 'NO2 日均浓度（未修约） | NO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.reviewed_day.o3_mda8_ugm3 IS 'O3 日最大8小时滑动平均（未修约） | O3 daily maximum 8 h mean, not rounded | µg/m³';
COMMENT ON COLUMN air.reviewed_day.co_mgm3 IS 'CO 日均浓度（未修约） | CO daily mean, not rounded | mg/m³';
COMMENT ON COLUMN air.reviewed_day.document_no IS '文号 | document number';
COMMENT ON COLUMN air.reviewed_day.sha256 IS '文件内容指纹 | SHA-256 of the file';

CREATE TABLE IF NOT EXISTS air.dust_hour (
    area_code VARCHAR NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    document_no VARCHAR,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (area_code, hour_end)
);
COMMENT ON TABLE air.dust_hour IS '官方沙尘时段（扣沙），逐小时 | official dust hours | 内部';
COMMENT ON COLUMN air.dust_hour.area_code IS '城市代码 | city code';
COMMENT ON COLUMN air.dust_hour.hour_end IS '小时（结束时刻，北京时间） | end of the averaging hour, Beijing time';
COMMENT ON COLUMN air.dust_hour.document_no IS '文号 | document number';
COMMENT ON COLUMN air.dust_hour.sha256 IS '文件内容指纹 | SHA-256 of the file';

CREATE TABLE IF NOT EXISTS air.region_day (
    region_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    pm25_ugm3 DOUBLE,
    pm10_ugm3 DOUBLE,
    so2_ugm3 DOUBLE,
    no2_ugm3 DOUBLE,
    o3_mda8_ugm3 DOUBLE,
    co_mgm3 DOUBLE,
    n_cities SMALLINT NOT NULL,
    n_cities_expected SMALLINT NOT NULL,
    n_good_cities SMALLINT NOT NULL,
    n_heavy_cities SMALLINT NOT NULL,
    max_aqi SMALLINT,
    max_aqi_city VARCHAR
);
COMMENT ON TABLE air.region_day IS '区域日报：成员城市的平均 | region days: means over member cities | 公开';
COMMENT ON COLUMN air.region_day.region_id IS '区域 | region';
COMMENT ON COLUMN air.region_day.day IS '日期 | day';
COMMENT ON COLUMN air.region_day.pm25_ugm3 IS 'PM2.5 日均浓度（未修约） | PM2.5 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.region_day.pm10_ugm3 IS 'PM10 日均浓度（未修约） | PM10 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.region_day.so2_ugm3 IS 'SO2 日均浓度（未修约） | SO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.region_day.no2_ugm3 IS 'NO2 日均浓度（未修约） | NO2 daily mean, not rounded | µg/m³';
COMMENT ON COLUMN air.region_day.o3_mda8_ugm3 IS 'O3 日最大8小时滑动平均（未修约） | O3 daily maximum 8 h mean, not rounded | µg/m³';
COMMENT ON COLUMN air.region_day.co_mgm3 IS 'CO 日均浓度（未修约） | CO daily mean, not rounded | mg/m³';
COMMENT ON COLUMN air.region_day.n_cities IS '有数据城市数 | member cities with data';
COMMENT ON COLUMN air.region_day.n_cities_expected IS '成员城市数 | member cities';
COMMENT ON COLUMN air.region_day.n_good_cities IS '优良城市数（AQI≤100） | cities with AQI ≤ 100';
COMMENT ON COLUMN air.region_day.n_heavy_cities IS '重度及以上污染城市数（AQI>200） | cities with AQI > 200';
COMMENT ON COLUMN air.region_day.max_aqi IS '最高城市 AQI | highest city AQI';
COMMENT ON COLUMN air.region_day.max_aqi_city IS '最高城市代码 | city with the highest AQI';

CREATE TABLE IF NOT EXISTS air.evaluation (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    standard_set VARCHAR NOT NULL,
    pollutant VARCHAR NOT NULL,
    statistic VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    value DOUBLE,
    value_printed DOUBLE,
    limit_value DOUBLE,
    attained BOOLEAN,
    exceedance_multiple DOUBLE,
    n_valid_days INTEGER NOT NULL,
    n_days INTEGER NOT NULL,
    sufficient BOOLEAN NOT NULL,
    day_first DATE NOT NULL,
    day_last DATE NOT NULL,
    day_until DATE NOT NULL,
    states VARCHAR,
    n_cities INTEGER,
    n_cities_expected INTEGER,
    in_force BOOLEAN
);
COMMENT ON TABLE air.evaluation IS '评价：区域、城市、考核单元 × 时段 × 污染物 × 统计量 × 标准 | evaluation by area, period, pollutant, statistic and standard set | 公开';
COMMENT ON COLUMN air.evaluation.area_kind IS '对象类别：city 城市，unit 考核单元，region 区域 | city, unit or region';
COMMENT ON COLUMN air.evaluation.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN air.evaluation.period IS '时段 | period';
COMMENT ON COLUMN air.evaluation.standard_set IS '标准 | standard set';
COMMENT ON COLUMN air.evaluation.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN air.evaluation.statistic IS '统计量：mean, p98, p95, p90 | statistic';
COMMENT ON COLUMN air.evaluation.basis IS '口径：扣沙前 before_dust，扣沙后 after_dust（PM2.5、PM10 两行都有，其余只有扣沙前） | before or after sand deduction; PM has both rows, others before_dust only';
COMMENT ON COLUMN air.evaluation.value IS '数值（未修约，该污染物单位） | value, not rounded, in the pollutant''s unit';
COMMENT ON COLUMN air.evaluation.value_printed IS '修约值（按标准修约） | value rounded for print';
COMMENT ON COLUMN air.evaluation.limit_value IS '限值 | limit';
COMMENT ON COLUMN air.evaluation.attained IS '是否达标；无限值或数据不足时为空（不作通过） | attained; NULL where there is no limit or data are insufficient';
COMMENT ON COLUMN air.evaluation.exceedance_multiple IS '超标倍数 | exceedance multiple';
COMMENT ON COLUMN air.evaluation.n_valid_days IS '有效天数（区域为城市平均，舍去小数） | valid days (regions: mean of cities, rounded down)';
COMMENT ON COLUMN air.evaluation.n_days IS '时段天数（截至数据末日） | days of the period up to the last day of data';
COMMENT ON COLUMN air.evaluation.sufficient IS '数据是否充分 | data sufficient';
COMMENT ON COLUMN air.evaluation.day_first IS '首日 | first day';
COMMENT ON COLUMN air.evaluation.day_last IS '末日 | last day';
COMMENT ON COLUMN air.evaluation.day_until IS '实际评价至（时段未结束时为数据末日） | last day judged; earlier than day_last while the period is not over';
COMMENT ON COLUMN air.evaluation.states IS '数据状态构成，如 complete 350, reviewed 10（区域为城市天次） | states of the days (regions: city-days)';
COMMENT ON COLUMN air.evaluation.n_cities IS '有数据的成员城市数（仅区域） | member cities with a value, regions only';
COMMENT ON COLUMN air.evaluation.n_cities_expected IS '成员城市数（仅区域） | member cities, regions only';
COMMENT ON COLUMN air.evaluation.in_force IS '该名单在时段末日是否有效（仅区域）；无效的名单按其最后一日回看 | is the list in force on the last day of the period; a list that has ended is applied as it stood last';

CREATE TABLE IF NOT EXISTS air.period_days (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    standard_set VARCHAR NOT NULL,
    n_valid_days DOUBLE NOT NULL,
    n_days INTEGER NOT NULL,
    n_level_1 DOUBLE NOT NULL,
    n_level_2 DOUBLE NOT NULL,
    n_level_3 DOUBLE NOT NULL,
    n_level_4 DOUBLE NOT NULL,
    n_level_5 DOUBLE NOT NULL,
    n_level_6 DOUBLE NOT NULL,
    good_days DOUBLE NOT NULL,
    good_days_pct DOUBLE,
    heavy_days DOUBLE NOT NULL,
    heavy_city_days DOUBLE NOT NULL,
    primary_days_pm25 DOUBLE NOT NULL,
    primary_days_pm10 DOUBLE NOT NULL,
    primary_days_so2 DOUBLE NOT NULL,
    primary_days_no2 DOUBLE NOT NULL,
    primary_days_o3 DOUBLE NOT NULL,
    primary_days_co DOUBLE NOT NULL,
    n_cities INTEGER
);
COMMENT ON TABLE air.period_days IS '时段内天数统计：优良、重污染、首要污染物 | day counts of a period: good, heavy, primary pollutants | 公开';
COMMENT ON COLUMN air.period_days.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | city, unit or region';
COMMENT ON COLUMN air.period_days.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN air.period_days.period IS '时段 | period';
COMMENT ON COLUMN air.period_days.standard_set IS '计数所用标准；each_day 表示各日用当日标准 | standard set of the counts; each_day: each day under its own';
COMMENT ON COLUMN air.period_days.n_valid_days IS '有 AQI 的天数（区域为城市平均） | days with an AQI (regions: mean of cities)';
COMMENT ON COLUMN air.period_days.n_days IS '时段天数 | days of the period';
COMMENT ON COLUMN air.period_days.n_level_1 IS '优天数 | days of level 1';
COMMENT ON COLUMN air.period_days.n_level_2 IS '良天数 | days of level 2';
COMMENT ON COLUMN air.period_days.n_level_3 IS '轻度污染天数 | days of level 3';
COMMENT ON COLUMN air.period_days.n_level_4 IS '中度污染天数 | days of level 4';
COMMENT ON COLUMN air.period_days.n_level_5 IS '重度污染天数 | days of level 5';
COMMENT ON COLUMN air.period_days.n_level_6 IS '严重污染天数 | days of level 6';
COMMENT ON COLUMN air.period_days.good_days IS '优良天数 | good days (AQI ≤ 100)';
COMMENT ON COLUMN air.period_days.good_days_pct IS '优良天数比例 | share of good days | %';
COMMENT ON COLUMN air.period_days.heavy_days IS '重度及以上天数（区域为城市平均） | heavy days (AQI > 200; regions: mean of cities)';
COMMENT ON COLUMN air.period_days.heavy_city_days IS '重度及以上天次：区域为成员城市合计，其余同重度及以上天数 | heavy city-days: sum over a region''s cities; else the heavy days';
COMMENT ON COLUMN air.period_days.primary_days_pm25 IS 'PM2.5 为首要污染物的天数 | days with PM2.5 as primary pollutant';
COMMENT ON COLUMN air.period_days.primary_days_pm10 IS 'PM10 为首要污染物的天数 | days with PM10 as primary pollutant';
COMMENT ON COLUMN air.period_days.primary_days_so2 IS 'SO2 为首要污染物的天数 | days with SO2 as primary pollutant';
COMMENT ON COLUMN air.period_days.primary_days_no2 IS 'NO2 为首要污染物的天数 | days with NO2 as primary pollutant';
COMMENT ON COLUMN air.period_days.primary_days_o3 IS 'O3 为首要污染物的天数 | days with O3 as primary pollutant';
COMMENT ON COLUMN air.period_days.primary_days_co IS 'CO 为首要污染物的天数 | days with CO as primary pollutant';
COMMENT ON COLUMN air.period_days.n_cities IS '参加平均的城市数（仅区域） | cities averaged, regions only';

CREATE TABLE IF NOT EXISTS air.ranking (
    region_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    list_kind VARCHAR NOT NULL,
    area_kind VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    standard_set VARCHAR NOT NULL,
    composite_index DOUBLE,
    index_pm25 DOUBLE,
    index_pm10 DOUBLE,
    index_so2 DOUBLE,
    index_no2 DOUBLE,
    index_o3 DOUBLE,
    index_co DOUBLE,
    rank INTEGER,
    composite_index_before DOUBLE,
    change_pct DOUBLE,
    rank_improvement INTEGER,
    good_days DOUBLE,
    heavy_days DOUBLE,
    sufficient BOOLEAN NOT NULL
);
COMMENT ON TABLE air.ranking IS '排名：综合指数及其六个分指数 | ranking by composite index and its six parts | 公开';
COMMENT ON COLUMN air.ranking.region_id IS '排名范围 | region ranked';
COMMENT ON COLUMN air.ranking.period IS '时段 | period';
COMMENT ON COLUMN air.ranking.list_kind IS '名次表：city 只排成员城市，unit 城市与考核单元并列 | list: city ranks member cities, unit ranks cities and assessment units side by side';
COMMENT ON COLUMN air.ranking.area_kind IS '对象类别：city 城市，unit 考核单元 | city or unit';
COMMENT ON COLUMN air.ranking.city_code IS '城市代码（或考核单元编号） | city code, or unit id';
COMMENT ON COLUMN air.ranking.standard_set IS '标准 | standard set';
COMMENT ON COLUMN air.ranking.composite_index IS '综合指数 | composite index';
COMMENT ON COLUMN air.ranking.index_pm25 IS 'PM2.5 单项指数 | index part of PM2.5';
COMMENT ON COLUMN air.ranking.index_pm10 IS 'PM10 单项指数 | index part of PM10';
COMMENT ON COLUMN air.ranking.index_so2 IS 'SO2 单项指数 | index part of SO2';
COMMENT ON COLUMN air.ranking.index_no2 IS 'NO2 单项指数 | index part of NO2';
COMMENT ON COLUMN air.ranking.index_o3 IS 'O3 单项指数 | index part of O3';
COMMENT ON COLUMN air.ranking.index_co IS 'CO 单项指数 | index part of CO';
COMMENT ON COLUMN air.ranking.rank IS '名次（小者为优，并列同名次；数据不足不排） | rank, ascending, ties share; NULL where data are insufficient';
COMMENT ON COLUMN air.ranking.composite_index_before IS '上年同一时段（同一已过部分）的综合指数 | composite index of the same part of the year before';
COMMENT ON COLUMN air.ranking.change_pct IS '综合指数同比变化（负为改善） | change of the index on the year before | %';
COMMENT ON COLUMN air.ranking.rank_improvement IS '改善幅度名次 | rank by improvement';
COMMENT ON COLUMN air.ranking.good_days IS '优良天数 | good days';
COMMENT ON COLUMN air.ranking.heavy_days IS '重度及以上天数 | heavy days';
COMMENT ON COLUMN air.ranking.sufficient IS '六项数据是否都充分 | data of all six sufficient';

CREATE TABLE IF NOT EXISTS air.episode (
    episode_id VARCHAR NOT NULL,
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    day_first DATE NOT NULL,
    day_last DATE NOT NULL,
    n_days INTEGER NOT NULL,
    n_heavy_days INTEGER NOT NULL,
    max_aqi SMALLINT,
    max_aqi_day DATE,
    mean_pm25_ugm3 DOUBLE,
    primary_pollutants VARCHAR,
    cities VARCHAR,
    ongoing BOOLEAN NOT NULL,
    PRIMARY KEY (episode_id)
);
COMMENT ON TABLE air.episode IS '污染过程（重污染及区域过程） | pollution episodes of cities and regions | 公开';
COMMENT ON COLUMN air.episode.episode_id IS '过程编号 | episode';
COMMENT ON COLUMN air.episode.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | city or region';
COMMENT ON COLUMN air.episode.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN air.episode.day_first IS '首日 | first day';
COMMENT ON COLUMN air.episode.day_last IS '末日 | last day';
COMMENT ON COLUMN air.episode.n_days IS '天数 | days';
COMMENT ON COLUMN air.episode.n_heavy_days IS '重污染天数（区域为城市天次） | heavy days (regions: city-days)';
COMMENT ON COLUMN air.episode.max_aqi IS '最高 AQI | highest AQI';
COMMENT ON COLUMN air.episode.max_aqi_day IS '最高 AQI 日 | day of the highest AQI';
COMMENT ON COLUMN air.episode.mean_pm25_ugm3 IS 'PM2.5 平均 | mean PM2.5 | µg/m³';
COMMENT ON COLUMN air.episode.primary_pollutants IS '首要污染物 | primary pollutants';
COMMENT ON COLUMN air.episode.cities IS '涉及城市 | cities taking part';
COMMENT ON COLUMN air.episode.ongoing IS '是否仍在持续 | still running on the last day of data';

CREATE TABLE IF NOT EXISTS air.target_decomposition (
    target_id VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    target_value DOUBLE NOT NULL,
    n_children INTEGER NOT NULL,
    children_value DOUBLE,
    unassigned DOUBLE,
    over_assigned DOUBLE,
    additive BOOLEAN NOT NULL,
    covers_parent BOOLEAN,
    PRIMARY KEY (target_id)
);
COMMENT ON TABLE air.target_decomposition IS '目标分解：下级合计与上级之差 | decomposition of targets: children against parent | 内部';
COMMENT ON COLUMN air.target_decomposition.target_id IS '上级目标编号 | parent target';
COMMENT ON COLUMN air.target_decomposition.metric IS '指标 | metric';
COMMENT ON COLUMN air.target_decomposition.target_value IS '上级目标值 | parent value';
COMMENT ON COLUMN air.target_decomposition.n_children IS '下级目标数 | children';
COMMENT ON COLUMN air.target_decomposition.children_value IS '下级合计（平均类指标为平均） | sum of children (mean for means)';
COMMENT ON COLUMN air.target_decomposition.unassigned IS '未分解量 | unassigned amount';
COMMENT ON COLUMN air.target_decomposition.over_assigned IS '超分解量 | over-assigned amount';
COMMENT ON COLUMN air.target_decomposition.additive IS '是否可加（区域的天数为城市天次） | additive: day counts of a region are city-days';
COMMENT ON COLUMN air.target_decomposition.covers_parent IS '下级全部完成是否足以完成上级 | would the children, all met, meet the parent';

CREATE TABLE IF NOT EXISTS air.target_progress (
    target_id VARCHAR NOT NULL,
    as_of_day DATE NOT NULL,
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    target_value DOUBLE NOT NULL,
    target_absolute DOUBLE,
    value_so_far DOUBLE,
    n_valid_days DOUBLE NOT NULL,
    n_days_left INTEGER NOT NULL,
    allowed_mean_rest_ugm3 DOUBLE,
    good_days_needed DOUBLE,
    heavy_days_left DOUBLE,
    on_track BOOLEAN,
    verdict VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    PRIMARY KEY (target_id, as_of_day)
);
COMMENT ON TABLE air.target_progress IS '目标进度：其余时段至多可平均多少，还需多少优良天，还可有多少重污染天 | progress against targets | 公开';
COMMENT ON COLUMN air.target_progress.target_id IS '目标编号 | target';
COMMENT ON COLUMN air.target_progress.as_of_day IS '截至日 | as-of day';
COMMENT ON COLUMN air.target_progress.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN air.target_progress.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN air.target_progress.period IS '时段 | period';
COMMENT ON COLUMN air.target_progress.metric IS '指标 | metric';
COMMENT ON COLUMN air.target_progress.target_value IS '目标值 | target';
COMMENT ON COLUMN air.target_progress.target_absolute IS '折算后的目标量（同比目标按上年修约值折算） | the target as an amount: a change is turned into one from the year before';
COMMENT ON COLUMN air.target_progress.value_so_far IS '截至目前（区域：浓度与比例为城市平均，天数为城市天次） | value so far (regions: means of the cities; days are city-days)';
COMMENT ON COLUMN air.target_progress.n_valid_days IS '有效天数 | valid days so far';
COMMENT ON COLUMN air.target_progress.n_days_left IS '剩余天数 | days left';
COMMENT ON COLUMN air.target_progress.allowed_mean_rest_ugm3 IS '其余天数平均至多 | the rest of the period may average at most | µg/m³';
COMMENT ON COLUMN air.target_progress.good_days_needed IS '还需优良天数 | good days still needed';
COMMENT ON COLUMN air.target_progress.heavy_days_left IS '重污染天数余额 | heavy-pollution days left';
COMMENT ON COLUMN air.target_progress.on_track IS '按目前水平能否完成；数据不足时为空 | on track; NULL where data are insufficient';
COMMENT ON COLUMN air.target_progress.verdict IS '结论：met 完成，failed 未完成，on_track 正常，behind 落后，out_of_reach 已无法完成，insufficient 数据不足 | verdict';
COMMENT ON COLUMN air.target_progress.method IS '推算方法：final 已结束，rest_as_last_year 其余时段按上年同期，rest_as_so_far 其余时段按目前水平，not_started 未开始，no_base 无上年基数，no_data 无数据 | how the rest was reckoned';

CREATE TABLE IF NOT EXISTS air.monitoring_month (
    month VARCHAR NOT NULL,
    province_zh VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    n_stations_listed INTEGER NOT NULL,
    n_stations_reporting INTEGER NOT NULL,
    n_hours_expected BIGINT NOT NULL,
    n_hours_received BIGINT NOT NULL,
    completeness_pm25_pct DOUBLE,
    completeness_pm10_pct DOUBLE,
    completeness_so2_pct DOUBLE,
    completeness_no2_pct DOUBLE,
    completeness_o3_pct DOUBLE,
    completeness_co_pct DOUBLE,
    n_valid_city_days INTEGER NOT NULL,
    longest_gap_hours INTEGER NOT NULL,
    n_doubtful BIGINT NOT NULL,
    n_bad BIGINT NOT NULL,
    PRIMARY KEY (month, city_code)
);
COMMENT ON TABLE air.monitoring_month IS '统一监测：站点、完整性、缺口与质量，按月 | unified monitoring: stations, completeness, gaps and quality by month | 公开';
COMMENT ON COLUMN air.monitoring_month.month IS '月份 | month';
COMMENT ON COLUMN air.monitoring_month.province_zh IS '省份 | province';
COMMENT ON COLUMN air.monitoring_month.city_code IS '城市代码 | city';
COMMENT ON COLUMN air.monitoring_month.n_stations_listed IS '名录站点数（评价点） | stations listed that count';
COMMENT ON COLUMN air.monitoring_month.n_stations_reporting IS '有数据站点数 | stations that reported';
COMMENT ON COLUMN air.monitoring_month.n_hours_expected IS '应有站点小时数（有数据站点×已过小时） | station-hours expected: reporting stations × elapsed hours';
COMMENT ON COLUMN air.monitoring_month.n_hours_received IS '收到站点小时数（任一项） | station-hours received, any pollutant';
COMMENT ON COLUMN air.monitoring_month.completeness_pm25_pct IS 'PM2.5 完整率 | completeness of PM2.5 | %';
COMMENT ON COLUMN air.monitoring_month.completeness_pm10_pct IS 'PM10 完整率 | completeness of PM10 | %';
COMMENT ON COLUMN air.monitoring_month.completeness_so2_pct IS 'SO2 完整率 | completeness of SO2 | %';
COMMENT ON COLUMN air.monitoring_month.completeness_no2_pct IS 'NO2 完整率 | completeness of NO2 | %';
COMMENT ON COLUMN air.monitoring_month.completeness_o3_pct IS 'O3 完整率 | completeness of O3 | %';
COMMENT ON COLUMN air.monitoring_month.completeness_co_pct IS 'CO 完整率 | completeness of CO | %';
COMMENT ON COLUMN air.monitoring_month.n_valid_city_days IS '有 AQI 的城市日数 | city-days with an AQI';
COMMENT ON COLUMN air.monitoring_month.longest_gap_hours IS '最长整市缺测小时数 | longest gap of the whole city | h';
COMMENT ON COLUMN air.monitoring_month.n_doubtful IS '存疑数值个数 | doubtful values';
COMMENT ON COLUMN air.monitoring_month.n_bad IS '无效数值个数 | bad values';

CREATE TABLE IF NOT EXISTS air.monitoring_province_month (
    month VARCHAR NOT NULL,
    province_zh VARCHAR NOT NULL,
    n_cities INTEGER NOT NULL,
    n_stations_listed INTEGER NOT NULL,
    n_stations_reporting INTEGER NOT NULL,
    n_hours_expected BIGINT NOT NULL,
    n_hours_received BIGINT NOT NULL,
    completeness_pm25_pct DOUBLE,
    completeness_pm10_pct DOUBLE,
    completeness_so2_pct DOUBLE,
    completeness_no2_pct DOUBLE,
    completeness_o3_pct DOUBLE,
    completeness_co_pct DOUBLE,
    n_valid_city_days INTEGER NOT NULL,
    longest_gap_hours INTEGER NOT NULL,
    n_doubtful BIGINT NOT NULL,
    n_bad BIGINT NOT NULL,
    PRIMARY KEY (month, province_zh)
);
COMMENT ON TABLE air.monitoring_province_month IS '统一监测分省：各省站点、完整性、缺口与质量，按月，口径与各市相同 | unified monitoring by province and month, on the same terms as the cities | 公开';
COMMENT ON COLUMN air.monitoring_province_month.month IS '月份 | month';
COMMENT ON COLUMN air.monitoring_province_month.province_zh IS '省份 | province';
COMMENT ON COLUMN air.monitoring_province_month.n_cities IS '城市数 | cities';
COMMENT ON COLUMN air.monitoring_province_month.n_stations_listed IS '名录站点数（评价点） | stations listed that count';
COMMENT ON COLUMN air.monitoring_province_month.n_stations_reporting IS '有数据站点数 | stations that reported';
COMMENT ON COLUMN air.monitoring_province_month.n_hours_expected IS '应有站点小时数（有数据站点×已过小时） | station-hours expected: reporting stations × elapsed hours';
COMMENT ON COLUMN air.monitoring_province_month.n_hours_received IS '收到站点小时数（任一项） | station-hours received, any pollutant';
COMMENT ON COLUMN air.monitoring_province_month.completeness_pm25_pct IS 'PM2.5 完整率 | completeness of PM2.5 | %';
COMMENT ON COLUMN air.monitoring_province_month.completeness_pm10_pct IS 'PM10 完整率 | completeness of PM10 | %';
COMMENT ON COLUMN air.monitoring_province_month.completeness_so2_pct IS 'SO2 完整率 | completeness of SO2 | %';
COMMENT ON COLUMN air.monitoring_province_month.completeness_no2_pct IS 'NO2 完整率 | completeness of NO2 | %';
COMMENT ON COLUMN air.monitoring_province_month.completeness_o3_pct IS 'O3 完整率 | completeness of O3 | %';
COMMENT ON COLUMN air.monitoring_province_month.completeness_co_pct IS 'CO 完整率 | completeness of CO | %';
COMMENT ON COLUMN air.monitoring_province_month.n_valid_city_days IS '有 AQI 的城市日数 | city-days with an AQI';
COMMENT ON COLUMN air.monitoring_province_month.longest_gap_hours IS '最长整市缺测小时数（各市之最长） | longest gap of any whole city | h';
COMMENT ON COLUMN air.monitoring_province_month.n_doubtful IS '存疑数值个数 | doubtful values';
COMMENT ON COLUMN air.monitoring_province_month.n_bad IS '无效数值个数 | bad values';
