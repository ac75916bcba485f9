"""The long image of a notice: what it says, its marks, and that no text breaks it."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from response_worlds import HOSTILE, a_response
from warning_homes import approved, kept

from dashboards.pictures.font import width
from dashboards.pictures.long_image import WIDTH, long_image, write_long_image
from dashboards.pictures.sheet import Sheet
from pipelines.emergency.life.notices import notice_text

ISSUED = {"warning": {"kind": "drill"}}


@pytest.fixture
def written(monkeypatch):
    """What is written on sheets."""
    found = []
    real = Sheet.text

    def text(self, x, y, text, size, **how):
        found.append((x, y, text, size, how))
        return real(self, x, y, text, size, **how)

    monkeypatch.setattr(Sheet, "text", text)
    return found


def notice(tmp_path, record=None, **more):
    record = record or approved(tmp_path / "state.sqlite")
    title, body = notice_text(record)
    days = [
        {"day": date(2026, 12, 3) + timedelta(days=n), "aqi_low": low, "aqi_high": low + 30}
        for n, low in enumerate((150, 180, 210))
    ]
    return a_response(
        **{"warning": record.describe(), "title": title, "body": body, "forecast": days, "simulated": False}
        | more
    )


def said(written):
    return "".join(text for _, _, text, _, _ in written)


def test_it_says_level_time_advice_cities_and_whom_to_call(tmp_path, written):
    long_image(notice(tmp_path))
    told = said(written)
    for words in (
        "橙色预警·Ⅱ级响应", "西安市", "2026年12月3日0时", "2026年12月5日24时", "健康提示", "儿童、老年人", "请您参与",
        "公共交通", "12369", "西安市生态环境保护委员会办公室", "市预警〔2026〕1号", "210–240", "重度",
    ):  # fmt: skip
        assert words in told, words
    assert told.count("12369") == 1
    assert "演练" not in told and "草稿" not in told


def test_an_exercise_and_a_draft_are_marked_at_the_top_across_and_at_the_end(tmp_path, written):
    record = kept(tmp_path / "state.sqlite", drill=True)
    long_image(notice(tmp_path, record))
    marks = [(text, how) for _, _, text, _, how in written if "【演练】【草稿】" in text]
    assert marks and any(how.get("turned") for _, how in marks)
    assert "未经批准，不得对外发布" in said(written) and "不作为实际应急依据" in said(written)


def test_a_lifted_warning_looks_like_none_in_force(tmp_path, written):
    record = approved(tmp_path / "state.sqlite")
    lifted = record.describe() | {"state": "lifted", "lifted_at": datetime(2026, 12, 5, 18)}
    long_image(notice(tmp_path, record, warning=lifted, notice="lift"))
    assert "橙色预警已解除" in said(written) and "Ⅱ级响应" not in [w[2] for w in written]
    assert "2026年12月5日18时" in said(written)


def test_it_is_1080_wide_the_same_each_time_and_written_whole(tmp_path):
    response = notice(tmp_path)
    one = long_image(response)
    assert one == long_image(response)
    picture = Image.open(BytesIO(one))
    assert picture.width == WIDTH == 1080 and 1500 < picture.height < 4000 and len(one) < 400_000
    path = tmp_path / "长图.png"
    write_long_image(response, path)
    assert path.read_bytes() == one and [p.name for p in tmp_path.glob("*.part")] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_within_the_picture(text, written):
    named = {"city_name": text, "issuing_body": text, "document_no": text}
    body = "\n".join([text] * 40)
    made = long_image(a_response(warning=named, title=text, body=body))
    for x, _, line, size, how in written:
        assert not set("\u202e\n\r\x00") & set(line)
        if how.get("align", "left") == "left":
            assert x + width(line, size) <= WIDTH + 1
    assert Image.open(BytesIO(made)).height < 40_000
