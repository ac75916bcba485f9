-- Emergency emission lists: versions, enterprises with lines, measures, other sources, totals, what the measures amount to.
CREATE SCHEMA IF NOT EXISTS emergency;

CREATE TABLE IF NOT EXISTS ref.list_form (
    form VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    official BOOLEAN NOT NULL,
    period VARCHAR NOT NULL,
    keys VARCHAR NOT NULL,
    titles VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (form, valid_from)
);
COMMENT ON TABLE ref.list_form IS '减排清单表单：系统接收的工作表 | forms of emission lists the system takes | 公开';
COMMENT ON COLUMN ref.list_form.form IS '表单 | form';
COMMENT ON COLUMN ref.list_form.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.list_form.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.list_form.official IS '是否官方表式 | official form';
COMMENT ON COLUMN ref.list_form.period IS '周期 | period';
COMMENT ON COLUMN ref.list_form.keys IS '主键列，分号分隔 | key columns, separated by semicolons';
COMMENT ON COLUMN ref.list_form.titles IS '常见标题 | usual titles';
COMMENT ON COLUMN ref.list_form.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_form.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_form.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_form.source IS '来源 | source';
COMMENT ON COLUMN ref.list_form.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_form.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.list_form_column (
    form VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    headings_zh VARCHAR NOT NULL,
    headings_en VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    unit VARCHAR,
    required VARCHAR NOT NULL,
    choices VARCHAR,
    minimum VARCHAR,
    maximum VARCHAR,
    note_zh VARCHAR,
    note_en VARCHAR,
    example VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (form, column_name, valid_from)
);
COMMENT ON TABLE ref.list_form_column IS '减排清单表单列：表头、类型与单位 | columns of the forms of emission lists | 公开';
COMMENT ON COLUMN ref.list_form_column.form IS '表单 | form';
COMMENT ON COLUMN ref.list_form_column.column_name IS '列名 | column';
COMMENT ON COLUMN ref.list_form_column.sort IS '次序 | order';
COMMENT ON COLUMN ref.list_form_column.headings_zh IS '中文表头，分号分隔 | Chinese headings, separated by semicolons';
COMMENT ON COLUMN ref.list_form_column.headings_en IS '英文表头，分号分隔 | English headings';
COMMENT ON COLUMN ref.list_form_column.kind IS '类型 | kind';
COMMENT ON COLUMN ref.list_form_column.unit IS '单位 | unit';
COMMENT ON COLUMN ref.list_form_column.required IS '是否必填 | required';
COMMENT ON COLUMN ref.list_form_column.choices IS '选项 | choices';
COMMENT ON COLUMN ref.list_form_column.minimum IS '最小值 | least';
COMMENT ON COLUMN ref.list_form_column.maximum IS '最大值 | largest';
COMMENT ON COLUMN ref.list_form_column.note_zh IS '填写说明 | how to fill it in';
COMMENT ON COLUMN ref.list_form_column.note_en IS '英文填写说明 | how to fill it in, for the template';
COMMENT ON COLUMN ref.list_form_column.example IS '示例 | example';
COMMENT ON COLUMN ref.list_form_column.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_form_column.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_form_column.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_form_column.source IS '来源 | source';
COMMENT ON COLUMN ref.list_form_column.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_form_column.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.list_ratio (
    rule VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    required_pct DOUBLE NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (rule, level, valid_from)
);
COMMENT ON TABLE ref.list_ratio IS '应急减排比例要求：占全社会排放量 | cuts required at each level, of the emissions of the whole society | 公开';
COMMENT ON COLUMN ref.list_ratio.rule IS '规则：each 各污染物分别，so2_nox_sum 二者之和 | rule: each pollutant by itself, or the sum of two';
COMMENT ON COLUMN ref.list_ratio.level IS '级别：yellow 黄，orange 橙，red 红 | level';
COMMENT ON COLUMN ref.list_ratio.required_pct IS '要求比例 | required | %';
COMMENT ON COLUMN ref.list_ratio.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.list_ratio.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.list_ratio.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_ratio.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_ratio.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_ratio.source IS '来源 | source';
COMMENT ON COLUMN ref.list_ratio.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_ratio.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.list_grade (
    grade VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    aliases VARCHAR,
    self_directed BOOLEAN NOT NULL,
    legacy BOOLEAN NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (grade, valid_from)
);
COMMENT ON TABLE ref.list_grade IS '绩效等级：重污染天气重点行业 | performance grades of firms | 公开';
COMMENT ON COLUMN ref.list_grade.grade IS '等级 | grade';
COMMENT ON COLUMN ref.list_grade.rank IS '次序：1 最优 | rank, 1 is the best';
COMMENT ON COLUMN ref.list_grade.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.list_grade.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.list_grade.aliases IS '其他写法，分号分隔 | other ways to write it, separated by semicolons';
COMMENT ON COLUMN ref.list_grade.self_directed IS '是否自主减排 | decides its own cuts';
COMMENT ON COLUMN ref.list_grade.legacy IS '是否旧称 | a label of former guides';
COMMENT ON COLUMN ref.list_grade.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_grade.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_grade.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_grade.source IS '来源 | source';
COMMENT ON COLUMN ref.list_grade.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_grade.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.list_category (
    category VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    aliases VARCHAR,
    effect VARCHAR NOT NULL,
    may_force BOOLEAN NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (category, valid_from)
);
COMMENT ON TABLE ref.list_category IS '减排清单企业类别：保障类、小微涉气等 | categories of firms in emission lists | 公开';
COMMENT ON COLUMN ref.list_category.category IS '类别 | category';
COMMENT ON COLUMN ref.list_category.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.list_category.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.list_category.aliases IS '其他写法，分号分隔 | other ways to write it, separated by semicolons';
COMMENT ON COLUMN ref.list_category.effect IS '作用：task_limited 限于任务，usually_none 一般不停限产，stopped 停产，self_directed 自主 | effect';
COMMENT ON COLUMN ref.list_category.may_force IS '是否可要求停限产 | may be told to stop or limit';
COMMENT ON COLUMN ref.list_category.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_category.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_category.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_category.source IS '来源 | source';
COMMENT ON COLUMN ref.list_category.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_category.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.list_measure (
    measure VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    effect VARCHAR NOT NULL,
    checkable BOOLEAN NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (measure, valid_from)
);
COMMENT ON TABLE ref.list_measure IS '应急减排措施代码：清单措施 | codes of measures in emission lists | 公开';
COMMENT ON COLUMN ref.list_measure.measure IS '措施代码 | code';
COMMENT ON COLUMN ref.list_measure.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.list_measure.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.list_measure.effect IS '作用：cut 按比例，lines 以生产线计，open 无法推算，transport 运输，zero 不计减排 | effect on the stack';
COMMENT ON COLUMN ref.list_measure.checkable IS '是否可核查 | can be checked on the spot';
COMMENT ON COLUMN ref.list_measure.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_measure.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_measure.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_measure.source IS '来源 | source';
COMMENT ON COLUMN ref.list_measure.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_measure.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.list_industry (
    industry_no INTEGER NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    aliases VARCHAR,
    lowest_grade VARCHAR NOT NULL,
    continuous_furnace BOOLEAN NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (industry_no, valid_from)
);
COMMENT ON TABLE ref.list_industry IS '重污染天气重点行业：39 个 | the 39 key industries | 公开';
COMMENT ON COLUMN ref.list_industry.industry_no IS '序号 | number';
COMMENT ON COLUMN ref.list_industry.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.list_industry.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.list_industry.aliases IS '其他写法，分号分隔 | other ways to write it, separated by semicolons';
COMMENT ON COLUMN ref.list_industry.lowest_grade IS '最低等级：未评级按此 | lowest grade, which ungraded firms count as';
COMMENT ON COLUMN ref.list_industry.continuous_furnace IS '是否连续炉窑：不能短时停产 | has furnaces that cannot stop within hours';
COMMENT ON COLUMN ref.list_industry.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_industry.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_industry.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_industry.source IS '来源 | source';
COMMENT ON COLUMN ref.list_industry.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_industry.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.list_grade_measure (
    industry VARCHAR NOT NULL,
    grade VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    minimum_pct DOUBLE NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (industry, grade, level, valid_from)
);
COMMENT ON TABLE ref.list_grade_measure IS '绩效等级应采取的最低减排：按行业、等级、级别 | least cut a grade owes, by industry, grade and level | 公开';
COMMENT ON COLUMN ref.list_grade_measure.industry IS '行业 | industry';
COMMENT ON COLUMN ref.list_grade_measure.grade IS '等级 | grade';
COMMENT ON COLUMN ref.list_grade_measure.level IS '级别 | level';
COMMENT ON COLUMN ref.list_grade_measure.minimum_pct IS '最低减排 | least cut | %';
COMMENT ON COLUMN ref.list_grade_measure.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.list_grade_measure.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.list_grade_measure.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.list_grade_measure.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.list_grade_measure.clause IS '条款 | clause';
COMMENT ON COLUMN ref.list_grade_measure.source IS '来源 | source';
COMMENT ON COLUMN ref.list_grade_measure.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.list_grade_measure.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS emergency.list_version (
    version_id VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    list_year INTEGER NOT NULL,
    version_no INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    mapping_sha256 VARCHAR,
    file_name VARCHAR NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    imported_by VARCHAR,
    filed_by VARCHAR,
    filed_at TIMESTAMP,
    document_no VARCHAR,
    simulated BOOLEAN NOT NULL,
    n_enterprises INTEGER NOT NULL,
    n_lines INTEGER NOT NULL,
    n_other INTEGER NOT NULL,
    CHECK (state IN ('draft', 'filed')),
    UNIQUE (city_code, list_year, version_no),
    PRIMARY KEY (version_id)
);
COMMENT ON TABLE emergency.list_version IS '减排清单版本：每次导入一版 | versions of emission lists | 内部';
COMMENT ON COLUMN emergency.list_version.version_id IS '版本：L-城市代码-年-序号 | version: L-city-year-number';
COMMENT ON COLUMN emergency.list_version.city_code IS '城市代码 | city code';
COMMENT ON COLUMN emergency.list_version.list_year IS '清单年度 | year of the list';
COMMENT ON COLUMN emergency.list_version.version_no IS '版次 | number within city and year';
COMMENT ON COLUMN emergency.list_version.state IS '状态：draft 草稿，filed 备案 | state: draft or filed';
COMMENT ON COLUMN emergency.list_version.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN emergency.list_version.mapping_sha256 IS '列名对照内容指纹 | SHA-256 of the mapping of headings';
COMMENT ON COLUMN emergency.list_version.file_name IS '文件名 | file name';
COMMENT ON COLUMN emergency.list_version.imported_at IS '导入时间 | imported at';
COMMENT ON COLUMN emergency.list_version.imported_by IS '导入人 | imported by';
COMMENT ON COLUMN emergency.list_version.filed_by IS '备案登记人 | registered as filed by';
COMMENT ON COLUMN emergency.list_version.filed_at IS '备案登记时间 | registered as filed at';
COMMENT ON COLUMN emergency.list_version.document_no IS '备案文号 | number of the filing document';
COMMENT ON COLUMN emergency.list_version.simulated IS '是否模拟 | simulated';
COMMENT ON COLUMN emergency.list_version.n_enterprises IS '企业数 | number of enterprises';
COMMENT ON COLUMN emergency.list_version.n_lines IS '生产线数 | number of lines';
COMMENT ON COLUMN emergency.list_version.n_other IS '移动、非道路、扬尘源数 | number of mobile, non-road and dust sources';

CREATE TABLE IF NOT EXISTS emergency.enterprise (
    version_id VARCHAR NOT NULL,
    enterprise_id VARCHAR NOT NULL,
    credit_code VARCHAR NOT NULL,
    site VARCHAR,
    firm_name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    county_name VARCHAR,
    county_code VARCHAR,
    address VARCHAR,
    permit_no VARCHAR,
    lon_deg DOUBLE,
    lat_deg DOUBLE,
    contact VARCHAR,
    phone VARCHAR,
    grade VARCHAR,
    effective_grade VARCHAR NOT NULL,
    category VARCHAR,
    heavy_trucks_per_day INTEGER,
    n_lines INTEGER NOT NULL,
    PRIMARY KEY (version_id, enterprise_id)
);
COMMENT ON TABLE emergency.enterprise IS '减排清单企业：每版每企业（厂区）一行 | enterprises of a list, one row per version and site | 限制';
COMMENT ON COLUMN emergency.enterprise.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.enterprise.enterprise_id IS '企业标识：信用代码，有厂区的加厂区 | id: credit code, with the site where there is one';
COMMENT ON COLUMN emergency.enterprise.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN emergency.enterprise.site IS '厂区 | site';
COMMENT ON COLUMN emergency.enterprise.firm_name IS '企业名称 | name';
COMMENT ON COLUMN emergency.enterprise.name_key IS '名称归一：半角、去空格与标点 | name without width, blanks and punctuation';
COMMENT ON COLUMN emergency.enterprise.county_name IS '区县名称 | county as written';
COMMENT ON COLUMN emergency.enterprise.county_code IS '区县代码 | county code';
COMMENT ON COLUMN emergency.enterprise.address IS '地址 | address';
COMMENT ON COLUMN emergency.enterprise.permit_no IS '排污许可证编号 | discharge permit';
COMMENT ON COLUMN emergency.enterprise.lon_deg IS '经度 | longitude | °';
COMMENT ON COLUMN emergency.enterprise.lat_deg IS '纬度 | latitude | °';
COMMENT ON COLUMN emergency.enterprise.contact IS '责任人 | person responsible';
COMMENT ON COLUMN emergency.enterprise.phone IS '电话 | phone';
COMMENT ON COLUMN emergency.enterprise.grade IS '等级：各线最低；空为未评级 | worst grade of its lines; NULL: ungraded';
COMMENT ON COLUMN emergency.enterprise.effective_grade IS '执行等级：未评级按最低 | grade in effect: ungraded counts as the lowest';
COMMENT ON COLUMN emergency.enterprise.category IS '类别 | category';
COMMENT ON COLUMN emergency.enterprise.heavy_trucks_per_day IS '日均重型货车数 | heavy trucks a day';
COMMENT ON COLUMN emergency.enterprise.n_lines IS '生产线数 | number of lines';

CREATE TABLE IF NOT EXISTS emergency.line (
    version_id VARCHAR NOT NULL,
    line_key VARCHAR NOT NULL,
    enterprise_id VARCHAR NOT NULL,
    line_id VARCHAR NOT NULL,
    line_name VARCHAR,
    equipment VARCHAR,
    evidence VARCHAR,
    industry VARCHAR,
    industry_code VARCHAR,
    industry_no INTEGER,
    grade_text VARCHAR,
    grade VARCHAR,
    effective_grade VARCHAR NOT NULL,
    grade_date DATE,
    category VARCHAR,
    interruptible BOOLEAN,
    shared_id VARCHAR,
    product VARCHAR,
    capacity_unit VARCHAR,
    eia_per_day DECIMAL(18,6),
    permit_per_day DECIMAL(18,6),
    last_year_per_day DECIMAL(18,6),
    current_per_day DECIMAL(18,6),
    basis VARCHAR,
    basis_per_day DECIMAL(18,6),
    minimum_per_day DECIMAL(18,6),
    base_so2_kgd DECIMAL(18,6) NOT NULL,
    base_nox_kgd DECIMAL(18,6) NOT NULL,
    base_pm_kgd DECIMAL(18,6) NOT NULL,
    base_vocs_kgd DECIMAL(18,6) NOT NULL,
    stops_text VARCHAR,
    note VARCHAR,
    sheet VARCHAR NOT NULL,
    sheet_row INTEGER NOT NULL,
    PRIMARY KEY (version_id, line_key)
);
COMMENT ON TABLE emergency.line IS '减排清单生产线：基准排放量与等级 | lines of a list: baselines and grades | 限制';
COMMENT ON COLUMN emergency.line.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.line.line_key IS '生产线标识：企业标识加编号 | id: enterprise and line';
COMMENT ON COLUMN emergency.line.enterprise_id IS '企业标识 | enterprise';
COMMENT ON COLUMN emergency.line.line_id IS '生产线编号 | line id';
COMMENT ON COLUMN emergency.line.line_name IS '生产线名称 | line';
COMMENT ON COLUMN emergency.line.equipment IS '停限设备 | equipment';
COMMENT ON COLUMN emergency.line.evidence IS '核查方式 | evidence';
COMMENT ON COLUMN emergency.line.industry IS '行业 | industry as written';
COMMENT ON COLUMN emergency.line.industry_code IS '国民经济行业代码 | industry code';
COMMENT ON COLUMN emergency.line.industry_no IS '重点行业序号 | number of the key industry';
COMMENT ON COLUMN emergency.line.grade_text IS '等级原文 | grade as written';
COMMENT ON COLUMN emergency.line.grade IS '等级；空为未评级 | grade; NULL: ungraded';
COMMENT ON COLUMN emergency.line.effective_grade IS '执行等级：未评级按最低 | grade in effect';
COMMENT ON COLUMN emergency.line.grade_date IS '评级日期 | graded on';
COMMENT ON COLUMN emergency.line.category IS '类别 | category';
COMMENT ON COLUMN emergency.line.interruptible IS '可否中断 | can be interrupted';
COMMENT ON COLUMN emergency.line.shared_id IS '共用炉窑编号 | shared furnace or stack';
COMMENT ON COLUMN emergency.line.product IS '产品 | product';
COMMENT ON COLUMN emergency.line.capacity_unit IS '产量单位 | unit of output';
COMMENT ON COLUMN emergency.line.eia_per_day IS '环评日产能 | output by the EIA';
COMMENT ON COLUMN emergency.line.permit_per_day IS '许可日产能 | output by the permit';
COMMENT ON COLUMN emergency.line.last_year_per_day IS '上年日产量 | output last year';
COMMENT ON COLUMN emergency.line.current_per_day IS '当前日产量 | output now';
COMMENT ON COLUMN emergency.line.basis IS '基数依据：eia 环评，permit 许可，last_year 上年实际，min 三者取小 | basis of the baseline';
COMMENT ON COLUMN emergency.line.basis_per_day IS '基数日产量 | output the measures are counted from';
COMMENT ON COLUMN emergency.line.minimum_per_day IS '三者取小日产量 | least of the three outputs';
COMMENT ON COLUMN emergency.line.base_so2_kgd IS 'SO2 基准排放量 | SO2 baseline | kg/d';
COMMENT ON COLUMN emergency.line.base_nox_kgd IS 'NOx 基准排放量 | NOx baseline | kg/d';
COMMENT ON COLUMN emergency.line.base_pm_kgd IS 'PM 基准排放量 | PM baseline | kg/d';
COMMENT ON COLUMN emergency.line.base_vocs_kgd IS 'VOCs 基准排放量 | VOCs baseline | kg/d';
COMMENT ON COLUMN emergency.line.stops_text IS '停产时段原文 | stops as written';
COMMENT ON COLUMN emergency.line.note IS '备注 | note';
COMMENT ON COLUMN emergency.line.sheet IS '工作表 | sheet';
COMMENT ON COLUMN emergency.line.sheet_row IS '行号 | row';

CREATE TABLE IF NOT EXISTS emergency.line_stop (
    version_id VARCHAR NOT NULL,
    line_key VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE
);
COMMENT ON TABLE emergency.line_stop IS '生产线停产时段：错峰、季节、长期停产 | dated stops of lines | 限制';
COMMENT ON COLUMN emergency.line_stop.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.line_stop.line_key IS '生产线标识 | line';
COMMENT ON COLUMN emergency.line_stop.kind IS '类别：off_peak 错峰，seasonal 季节，long_stop 长期停产 | kind';
COMMENT ON COLUMN emergency.line_stop.first_day IS '首日 | first day';
COMMENT ON COLUMN emergency.line_stop.last_day IS '末日（含）；空为未定 | last day, inclusive; NULL: open';

CREATE TABLE IF NOT EXISTS emergency.measure (
    version_id VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    measure_text VARCHAR,
    codes VARCHAR,
    parsed VARCHAR NOT NULL,
    rest VARCHAR,
    stated_ratio DECIMAL(18,12),
    parsed_ratio DECIMAL(18,12),
    lines_ratio DECIMAL(18,12),
    lines_n INTEGER,
    limit_to DECIMAL(18,6),
    CHECK (level IN ('yellow', 'orange', 'red')),
    CHECK (stated_ratio BETWEEN 0 AND 1),
    PRIMARY KEY (version_id, source_kind, source_id, level)
);
COMMENT ON TABLE emergency.measure IS '减排清单措施：每源每级别一行 | measures of a list, one row per source and level | 限制';
COMMENT ON COLUMN emergency.measure.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.measure.source_kind IS '源类：line 生产线，mobile 移动，nonroad 非道路，dust 扬尘 | kind of source';
COMMENT ON COLUMN emergency.measure.source_id IS '源标识 | source';
COMMENT ON COLUMN emergency.measure.level IS '级别：yellow 黄，orange 橙，red 红 | level';
COMMENT ON COLUMN emergency.measure.measure_text IS '措施原文 | measure as written';
COMMENT ON COLUMN emergency.measure.codes IS '措施代码，分号分隔 | codes, separated by semicolons';
COMMENT ON COLUMN emergency.measure.parsed IS '读懂程度：all 全部，some 部分，none 未能，empty 空 | how much of the text was understood';
COMMENT ON COLUMN emergency.measure.rest IS '未读懂的文字 | text not understood';
COMMENT ON COLUMN emergency.measure.stated_ratio IS '清单所填比例；0–1 | ratio as filled in';
COMMENT ON COLUMN emergency.measure.parsed_ratio IS '由文字推算的比例；0–1 | ratio from the text';
COMMENT ON COLUMN emergency.measure.lines_ratio IS '以生产线计的停产比例；0–1 | share of lines to stop';
COMMENT ON COLUMN emergency.measure.lines_n IS '停产生产线数 | number of lines to stop';
COMMENT ON COLUMN emergency.measure.limit_to IS '限到的数值 | what it is limited to';

CREATE TABLE IF NOT EXISTS emergency.mobile_source (
    version_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    fuel VARCHAR,
    stage VARCHAR,
    count INTEGER,
    county_name VARCHAR,
    county_code VARCHAR,
    exempt_reason VARCHAR,
    base_so2_kgd DECIMAL(18,6) NOT NULL,
    base_nox_kgd DECIMAL(18,6) NOT NULL,
    base_pm_kgd DECIMAL(18,6) NOT NULL,
    base_vocs_kgd DECIMAL(18,6) NOT NULL,
    note VARCHAR,
    sheet VARCHAR NOT NULL,
    sheet_row INTEGER NOT NULL,
    PRIMARY KEY (version_id, source_id)
);
COMMENT ON TABLE emergency.mobile_source IS '减排清单移动源：车辆 | mobile sources of a list | 内部';
COMMENT ON COLUMN emergency.mobile_source.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.mobile_source.source_id IS '源标识 | source';
COMMENT ON COLUMN emergency.mobile_source.class IS '车辆类型 | vehicle class';
COMMENT ON COLUMN emergency.mobile_source.fuel IS '燃料 | fuel';
COMMENT ON COLUMN emergency.mobile_source.stage IS '排放阶段 | stage';
COMMENT ON COLUMN emergency.mobile_source.count IS '数量 | number';
COMMENT ON COLUMN emergency.mobile_source.county_name IS '区县名称 | county as written';
COMMENT ON COLUMN emergency.mobile_source.county_code IS '区县代码 | county code';
COMMENT ON COLUMN emergency.mobile_source.exempt_reason IS '豁免原因 | exempt';
COMMENT ON COLUMN emergency.mobile_source.base_so2_kgd IS 'SO2 基准排放量 | SO2 baseline | kg/d';
COMMENT ON COLUMN emergency.mobile_source.base_nox_kgd IS 'NOx 基准排放量 | NOx baseline | kg/d';
COMMENT ON COLUMN emergency.mobile_source.base_pm_kgd IS 'PM 基准排放量 | PM baseline | kg/d';
COMMENT ON COLUMN emergency.mobile_source.base_vocs_kgd IS 'VOCs 基准排放量 | VOCs baseline | kg/d';
COMMENT ON COLUMN emergency.mobile_source.note IS '备注 | note |  | 限制';
COMMENT ON COLUMN emergency.mobile_source.sheet IS '工作表 | sheet';
COMMENT ON COLUMN emergency.mobile_source.sheet_row IS '行号 | row';

CREATE TABLE IF NOT EXISTS emergency.nonroad_source (
    version_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    site VARCHAR,
    stage VARCHAR,
    count INTEGER,
    county_name VARCHAR,
    county_code VARCHAR,
    exempt_reason VARCHAR,
    base_so2_kgd DECIMAL(18,6) NOT NULL,
    base_nox_kgd DECIMAL(18,6) NOT NULL,
    base_pm_kgd DECIMAL(18,6) NOT NULL,
    base_vocs_kgd DECIMAL(18,6) NOT NULL,
    note VARCHAR,
    sheet VARCHAR NOT NULL,
    sheet_row INTEGER NOT NULL,
    PRIMARY KEY (version_id, source_id)
);
COMMENT ON TABLE emergency.nonroad_source IS '减排清单非道路源：移动机械 | non-road machines of a list | 限制';
COMMENT ON COLUMN emergency.nonroad_source.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.nonroad_source.source_id IS '源标识 | source';
COMMENT ON COLUMN emergency.nonroad_source.class IS '机械类型 | machine class';
COMMENT ON COLUMN emergency.nonroad_source.site IS '使用场所 | site';
COMMENT ON COLUMN emergency.nonroad_source.stage IS '排放阶段 | stage';
COMMENT ON COLUMN emergency.nonroad_source.count IS '数量 | number';
COMMENT ON COLUMN emergency.nonroad_source.county_name IS '区县名称 | county as written';
COMMENT ON COLUMN emergency.nonroad_source.county_code IS '区县代码 | county code';
COMMENT ON COLUMN emergency.nonroad_source.exempt_reason IS '豁免原因 | exempt';
COMMENT ON COLUMN emergency.nonroad_source.base_so2_kgd IS 'SO2 基准排放量 | SO2 baseline | kg/d';
COMMENT ON COLUMN emergency.nonroad_source.base_nox_kgd IS 'NOx 基准排放量 | NOx baseline | kg/d';
COMMENT ON COLUMN emergency.nonroad_source.base_pm_kgd IS 'PM 基准排放量 | PM baseline | kg/d';
COMMENT ON COLUMN emergency.nonroad_source.base_vocs_kgd IS 'VOCs 基准排放量 | VOCs baseline | kg/d';
COMMENT ON COLUMN emergency.nonroad_source.note IS '备注 | note';
COMMENT ON COLUMN emergency.nonroad_source.sheet IS '工作表 | sheet';
COMMENT ON COLUMN emergency.nonroad_source.sheet_row IS '行号 | row';

CREATE TABLE IF NOT EXISTS emergency.dust_source (
    version_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    site_name VARCHAR NOT NULL,
    dust_type VARCHAR,
    area_m2 DECIMAL(18,6),
    county_name VARCHAR,
    county_code VARCHAR,
    exempt_reason VARCHAR,
    base_pm_kgd DECIMAL(18,6) NOT NULL,
    note VARCHAR,
    sheet VARCHAR NOT NULL,
    sheet_row INTEGER NOT NULL,
    PRIMARY KEY (version_id, source_id)
);
COMMENT ON TABLE emergency.dust_source IS '减排清单扬尘源：工地、道路、堆场等 | dust sources of a list | 限制';
COMMENT ON COLUMN emergency.dust_source.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.dust_source.source_id IS '源标识 | source';
COMMENT ON COLUMN emergency.dust_source.site_name IS '名称 | name';
COMMENT ON COLUMN emergency.dust_source.dust_type IS '类型 | type';
COMMENT ON COLUMN emergency.dust_source.area_m2 IS '面积 | area | m²';
COMMENT ON COLUMN emergency.dust_source.county_name IS '区县名称 | county as written';
COMMENT ON COLUMN emergency.dust_source.county_code IS '区县代码 | county code';
COMMENT ON COLUMN emergency.dust_source.exempt_reason IS '豁免原因 | exempt';
COMMENT ON COLUMN emergency.dust_source.base_pm_kgd IS 'PM 基准排放量 | PM baseline | kg/d';
COMMENT ON COLUMN emergency.dust_source.note IS '备注 | note';
COMMENT ON COLUMN emergency.dust_source.sheet IS '工作表 | sheet';
COMMENT ON COLUMN emergency.dust_source.sheet_row IS '行号 | row';

CREATE TABLE IF NOT EXISTS emergency.source_total (
    version_id VARCHAR NOT NULL,
    sector VARCHAR NOT NULL,
    pollutant VARCHAR NOT NULL,
    total_kgd DECIMAL(18,6) NOT NULL,
    note VARCHAR,
    PRIMARY KEY (version_id, sector, pollutant)
);
COMMENT ON TABLE emergency.source_total IS '全社会排放总量：按源类与污染物 | emissions of the whole society by sector and pollutant | 内部';
COMMENT ON COLUMN emergency.source_total.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.source_total.sector IS '源类：total 合计，industry 工业，mobile 移动，nonroad 非道路，dust 扬尘，residential 生活，other 其他 | sector';
COMMENT ON COLUMN emergency.source_total.pollutant IS '污染物：SO2, NOx, PM, VOCs | pollutant';
COMMENT ON COLUMN emergency.source_total.total_kgd IS '排放量 | emissions | kg/d';
COMMENT ON COLUMN emergency.source_total.note IS '说明：未达标原因等 | note, such as why the ratio cannot be met';

CREATE TABLE IF NOT EXISTS emergency.reduction (
    version_id VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    response_day DATE,
    level VARCHAR NOT NULL,
    pollutant VARCHAR NOT NULL,
    total_kgd DECIMAL(38,6),
    stopped_kgd DECIMAL(38,6) NOT NULL,
    cut_kgd DECIMAL(38,6) NOT NULL,
    cut_high_kgd DECIMAL(38,6) NOT NULL,
    ratio_pct DOUBLE,
    ratio_high_pct DOUBLE,
    required_pct DOUBLE NOT NULL,
    verdict VARCHAR NOT NULL,
    met BOOLEAN,
    shortfall_kgd DECIMAL(38,6),
    swap_met BOOLEAN,
    verified BOOLEAN NOT NULL,
    CHECK (verdict IN ('met', 'doubtful', 'not_met', 'insufficient')),
    PRIMARY KEY (version_id, basis, level, pollutant)
);
COMMENT ON TABLE emergency.reduction IS '应急减排比例：清单措施占全社会排放量 | what the measures of a list amount to, of the whole society | 内部';
COMMENT ON COLUMN emergency.reduction.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.reduction.city_code IS '城市代码 | city code';
COMMENT ON COLUMN emergency.reduction.basis IS '口径：filed 清单口径，day 响应日口径（在停产时段内的源上下同扣） | basis: as listed, or on a day with stops in force taken out above and below';
COMMENT ON COLUMN emergency.reduction.response_day IS '响应日 | response day';
COMMENT ON COLUMN emergency.reduction.level IS '级别：precaution 黄色以下，yellow 黄，orange 橙，red 红 | level';
COMMENT ON COLUMN emergency.reduction.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN emergency.reduction.total_kgd IS '全社会排放量 | emissions of the whole society | kg/d';
COMMENT ON COLUMN emergency.reduction.stopped_kgd IS '已停产源排放量：上下同扣 | emissions of sources that stand still, taken out | kg/d';
COMMENT ON COLUMN emergency.reduction.cut_kgd IS '减排量：可以确认的 | cut that is certain | kg/d';
COMMENT ON COLUMN emergency.reduction.cut_high_kgd IS '减排量上限：存疑措施全部计入 | cut if all doubtful measures counted | kg/d';
COMMENT ON COLUMN emergency.reduction.ratio_pct IS '减排比例 | ratio | %';
COMMENT ON COLUMN emergency.reduction.ratio_high_pct IS '减排比例上限 | ratio if all doubtful measures counted | %';
COMMENT ON COLUMN emergency.reduction.required_pct IS '要求比例 | required | %';
COMMENT ON COLUMN emergency.reduction.verdict IS '结论：met 达到，doubtful 待核实，not_met 未达到，insufficient 数据不足 | verdict';
COMMENT ON COLUMN emergency.reduction.met IS '是否达到；空为不能判定 | met; NULL: cannot be told';
COMMENT ON COLUMN emergency.reduction.shortfall_kgd IS '缺口：达到要求尚需的减排量 | what is missing | kg/d';
COMMENT ON COLUMN emergency.reduction.swap_met IS 'SO2 与 NOx 之和是否达到（调剂条款未核实） | met by the sum of SO2 and NOx; the clause is unverified';
COMMENT ON COLUMN emergency.reduction.verified IS '规则是否已核实 | rule verified';
