"""The facts of lists: forms complete, codes known to each other, what was not read marked as such."""

from sources.bureau_forms.words import heading_keys
from sources.emission_list.forms import grades, industries, list_forms
from sources.emission_list.measure_rules import RULES
from sources.emission_list.measures import parse_measure
from warehouse import standards
from warehouse.standards.list_spec import LIST_LEVELS, LIST_POLLUTANTS


def test_ratios_are_those_of_the_rule_and_the_swap_is_unverified() -> None:
    rows = standards.load("list_ratio")
    each = rows[rows["rule"] == "each"].set_index("level")
    swap = rows[rows["rule"] == "so2_nox_sum"].set_index("level")
    assert [each.loc[level, "required_pct"] for level in LIST_LEVELS] == [10, 20, 30]
    assert [swap.loc[level, "required_pct"] for level in LIST_LEVELS] == [20, 40, 60]
    assert each["verified"].all()
    assert not swap["verified"].any()


def test_there_are_39_industries_and_their_lowest_grades_exist() -> None:
    rows = standards.load("list_industry")
    assert rows["industry_no"].tolist() == list(range(1, 40))
    assert set(rows["lowest_grade"]) <= set(standards.load("list_grade")["grade"])
    assert industries()["平板玻璃"] == "19"


def test_grade_measures_name_known_industries_and_grades() -> None:
    rows = standards.load("list_grade_measure")
    assert set(rows["industry"]) <= set(standards.load("list_industry")["name_zh"])
    assert set(rows["grade"]) <= set(standards.load("list_grade")["grade"])


def test_every_code_the_parser_gives_is_a_fact() -> None:
    codes = set(standards.load("list_measure")["measure"])
    texts = ("无", "自主减排", "按承担任务", "停产50%", "停1条生产线", "停产", "限产20%", "减排20%", "由3吨降到2吨", "出焦时间延长至36小时",
             "停2小时开2小时", "停用国四及以下", "停止公路运输", "焖炉", "停止土石方作业", "停止喷漆工序", "增加洒水频次", "夜间限行",
             "停止使用国二及以下非道路移动机械")  # fmt: skip
    given = {code for text in texts for code in parse_measure(text).codes}
    assert given == codes
    assert len(RULES) >= len(codes) - 1


def test_headings_lead_to_one_column_each_and_levels_stay_apart() -> None:
    for form in list_forms():
        for column in form.columns.values():
            for heading in column.headings[:1]:
                assert form.by_heading[heading_keys(heading)[0]] == column.name
    enterprise = list_forms()[0]
    assert [enterprise.by_heading[f"{word}预警措施"] for word in ("黄色", "橙色", "红色")] == [
        "yellow_text",
        "orange_text",
        "red_text",
    ]
    assert grades()["B-"] == "B-"
    assert len(LIST_POLLUTANTS) == 4
