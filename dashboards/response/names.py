"""Names of the files and folders of a response: mark, city, level, what it is, day."""

from datetime import date

from dashboards.clean import file_name
from dashboards.response.list_words import headline, said
from dashboards.response.model import Response
from dashboards.response.words import NOTICE_NAMES

_LONGEST = 200
"""Bytes of a name; file systems take 255."""


def folder_of(response: Response) -> str:
    """Name of the folder a response's documents lie in."""
    return safe_name(f"{response.mark}{response.warning['warning_id']}")


def day_of(response: Response) -> date:
    """Day the documents are dated: of the approval, or of the last decision."""
    w = response.warning
    moment = (w["approved_at"] if response.notice == "issue" else w["decided_at"]) or w["drafted_at"]
    found: date = moment.date()
    return found


def document_name(response: Response, kind: str, place: str = "") -> str:
    """Name of one document.

    Parameters
    ----------
    response : Response
    kind : str
        One of ``workbook, notices, placards, letter, sms, public, long_image, json, cap``.
    place : str
        County or enterprise, for notices and placards.
    """
    stem, place = f"{response.mark}{headline(response)}", said(place, 60)
    ends = {
        "workbook": f"清单_{day_of(response):%Y%m%d}.xlsx",
        "notices": f"通知单_{place}.html",
        "placards": f"公示牌_{place}.html",
        "letter": f"公文_{NOTICE_NAMES[response.notice][0]}.docx",
        "sms": "短信.csv",
        "public": "公众文稿.txt",
        "long_image": "长图.png",
        "json": ".json",
        "cap": ".cap.xml",
    }
    return safe_name(stem + ends[kind])


def safe_name(name: str) -> str:
    """Make a name any file system takes, in no more than 200 bytes of UTF-8; the ending stays."""
    text = file_name(name.replace("/", "_").replace("\\", "_"), 1000)
    stem, dot, ending = text.rpartition(".")
    if not dot:
        stem, ending = text, ""
    while len((stem + dot + ending).encode()) > _LONGEST:
        stem = stem[:-1]
    return stem.rstrip(" .") + dot + ending
