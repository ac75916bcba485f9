"""What a terminal shows of texts from outside: nothing that moves the cursor, turns a line around or hides a part."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.terminal.screen import add, as_is, console_for, harmless, show, table
from dashboards.terminal.warning import render_nothing
from dashboards.terminal.warning_receipts import render_import
from pipelines.cli import common

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2028\u2029\ufeff"
HARM = set(TURNING) | {chr(c) for c in (*range(9), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000))}


def shown(*documents) -> str:
    stream = io.StringIO()
    show(console_for(stream), *documents)
    return stream.getvalue()


@pytest.mark.parametrize("mark", [*TURNING, "\x1b", "\r", "\x9b", "\udc80"])
def test_a_mark_in_a_file_name_is_shown_and_not_obeyed(mark: str) -> None:
    name = f"清单{mark}fdp.csv"
    for told in (shown(name), shown(as_is(name)), shown(*render_nothing(name, False))):
        assert mark not in told and "清单" in told and "fdp.csv" in told and told.count("清单fdp") == 0
    made = table(("文件 file",))
    add(made, name)
    assert mark not in shown(made)
    result = {"simulated": False, "name": name, "kind_zh": "回执", "kind_en": "receipts", "status": "rejected", "n_errors": 1,
              "n_blank": 0, "findings": [{"line": 2, "item": name, "zh": name, "en": name}]}  # fmt: skip
    assert mark not in shown(*render_import(result))


def test_names_stay_legible() -> None:
    for name in ("西安市𬘡化工（集团）有限公司", "👨‍👩‍👧", "क्‍ष", "a–b “c” ①", "Ⅱ级\n两行"):
        assert harmless(name) == name


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(sorted(HARM)))))
def test_nothing_harmful_is_left(text: str) -> None:
    assert not set(harmless(text)) & HARM
    assert harmless(harmless(text)) == harmless(text)


def test_messages_and_documents_of_names_that_are_not_utf8(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.report_error(common.UseError("a\u202eb\udc80")) == common.WRONG_USE
    common.print_json({"name": "a\udc80", "turn": "\u202e"})
    told = capsys.readouterr()
    assert "\u202e" not in told.err and "U+202E" in told.err
    assert json.loads(told.out)["name"] == "a?"
