"""Names of the files and folders of a response: mark, city, level, what it is, day."""

from datetime import date

from dashboards.clean import one_line, safe_name
from dashboards.response.list_words import headline
from dashboards.response.model import Response
from warehouse.standards.warning_words import NOTICE_NAMES


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
    stem, place = f"{response.mark}{headline(response)}", one_line(place, 60)
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
