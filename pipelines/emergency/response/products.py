"""The documents of a response as one folder of the outbox: written whole beside it, then swapped in."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboards.clean import one_line, safe_name
from dashboards.response.model import Enterprise, Response
from dashboards.response.names import folder_of
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.records import canonical
from pipelines.emergency.response.gather import gather
from pipelines.emergency.response.swap import keep_file, swapped_in
from pipelines.emergency.response.writers import KINDS, OF_DRAFTS, OF_LISTS, Product, write_kind
from pipelines.emergency.settings import warning_settings
from pipelines.home import Home
from warehouse.standards.marks import DRAFT
from warehouse.store import open_read_only

FOLDER = Path("outbox") / "response"
"""Where the folders of responses lie in a home."""
MANIFEST = "MANIFEST.json"


class UnknownEnterpriseError(ValueError):
    """The list in force has no such enterprise."""


def write_products(
    home: Home, warning_id: str, as_of: datetime, only: Sequence[str] | None = None
) -> list[Product]:
    """Write the documents of a warning's response into the outbox of its home.

    Parameters
    ----------
    home : Home
    warning_id : str
    as_of : datetime
        What counts as now.
    only : sequence of str, optional
        Kinds of documents; see `write_response`.

    Returns
    -------
    list of Product
        What was written now.

    Raises
    ------
    LifeError
        There is no such warning, or it has no such documents.
    """
    with closing(open_read_only(home.published)) as con:
        response = gather(con, home, warning_id, as_of)
    return write_response(response, outbox_of(home), only, agency=agency_of(home))


def agency_of(home: Home) -> str | None:
    """Code of the bureau for CAP, as the settings of the home have it."""
    return warning_settings(home).agency or None


def outbox_of(home: Home) -> Path:
    """Folder of the responses of a home; its outbox is for the owner alone, since it holds names and numbers."""
    (home.root / FOLDER.parent).mkdir(mode=0o700, parents=True, exist_ok=True)
    return home.root / FOLDER


def write_response(
    response: Response,
    to: Path,
    only: Sequence[str] | None = None,
    enterprise: str | None = None,
    agency: str | None = None,
) -> list[Product]:
    """Write the documents of a response into its folder below another one.

    Parameters
    ----------
    response : Response
    to : Path
        The folder of the response is put in here.
    only : sequence of str, optional
        Kinds of documents; the others stay where they are of the same decision and the same list, else they go.
    enterprise : str, optional
        Credit code, or id: only notice and placard of this enterprise, in a folder of their own.
    agency : str, optional
        Code of the bureau for CAP.

    Returns
    -------
    list of Product
        What was written now.

    Raises
    ------
    LifeError
        The warning has no such documents.
    UnknownEnterpriseError
        The list has no such enterprise.
    """
    kinds = chosen_kinds(response, only, enterprise is not None)
    name, firms = folder_of(response), None
    if enterprise is not None:
        firms = _named(response, enterprise)
        name = safe_name(f"{name}_{firms[0].credit_code}")
    stamp = _stamp(response)
    replaced = [] if enterprise or DRAFT in response.mark else [_draft_folder(response)]
    with swapped_in(to, name, replaced) as (staging, before):
        made = [product for kind in kinds for product in write_kind(kind, response, staging, firms, agency)]
        kept = _kept(before, staging, stamp, kinds) if only else []
        _write_manifest(staging, response, stamp, [*(_entry(p) for p in made), *kept])
    return [replace(product, path=to / name / product.name) for product in made]


def chosen_kinds(
    response: Response, only: Sequence[str] | None = None, for_enterprise: bool = False
) -> list[str]:
    """Give the kinds of documents to write, in their order.

    Raises
    ------
    LifeError
        A kind was asked for that a draft, or a warning without a list, does not have.
    """
    can = set(OF_LISTS) if for_enterprise else set(KINDS)
    if only:
        can &= set(only)
    asked = set(only or ()) or (can if for_enterprise else set())
    for allowed, error in _limits(response):
        if asked - allowed:
            raise error
        can &= allowed
    return [kind for kind in KINDS if kind in can]


def _limits(response: Response) -> list[tuple[set[str], LifeError]]:
    found = []
    if not response.warning.get("approved_at"):
        words = "、".join(OF_DRAFTS)
        error = LifeError(
            "not_approved",
            f"草稿只出带水印的 {words}，批准后才出对外文件（fenwei warning approve）",
            f"a draft has only {words}, watermarked; documents for others come with the approval",
        )
        found.append((set(OF_DRAFTS), error))
    if response.list_version is None:
        error = LifeError(
            "no_list",
            "没有可用的已备案清单，不能出企业通知单和公示牌",
            "there is no filed list: no notices and placards of enterprises",
        )
        found.append((set(KINDS) - set(OF_LISTS), error))
    return found


def _named(response: Response, code: str) -> list[Enterprise]:
    """Find an enterprise by its credit code, all of its sites, or by its id."""
    wanted = code.strip().casefold()
    found = [f for f in response.enterprises if f.credit_code.casefold() == wanted]
    found = found or [f for f in response.enterprises if f.enterprise_id.casefold() == wanted]
    if not found:
        version = (response.list_version or {}).get("version_id")
        raise UnknownEnterpriseError(
            f"--enterprise {one_line(code, 60)}：清单 {version} 中没有这个企业（统一社会信用代码）"
            f" | list {version} has no enterprise of this credit code"
        )
    return found


def _draft_folder(response: Response) -> str:
    """Folder of the draft the approved warning was, which is out of date now."""
    return safe_name(f"{response.mark}{DRAFT}{response.warning['warning_id']}")


def _stamp(response: Response) -> str:
    """Fingerprint of the decision and the list that the documents are of."""
    parts = {
        "warning": response.warning,
        "list": response.list_version,
        "reductions": response.reductions,
        "mark": response.mark,
    }
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def _entry(product: Product) -> dict[str, Any]:
    digest = hashlib.sha256(product.path.read_bytes()).hexdigest()
    return {"name": product.name, "kind": product.kind, "n": product.n, "sha256": digest}


def _kept(before: Path, staging: Path, stamp: str, kinds: Sequence[str]) -> list[dict[str, Any]]:
    """Take over the documents of other kinds that were made of just the same."""
    try:
        manifest = json.loads((before / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if manifest.get("stamp") != stamp:
        return []
    others = [entry for entry in manifest["products"] if entry["kind"] not in kinds]
    return [entry for entry in others if keep_file(before / Path(entry["name"]).name, staging)]


def _write_manifest(folder: Path, response: Response, stamp: str, entries: Sequence[dict[str, Any]]) -> None:
    document = {
        "warning_id": response.warning["warning_id"],
        "mark": response.mark,
        "level": response.level,
        "notice": response.notice,
        "list_version": (response.list_version or {}).get("version_id"),
        "list_document_no": (response.list_version or {}).get("document_no"),
        "response_day": response.response_day,
        "made_at": response.made_at,
        "stamp": stamp,
        "products": sorted(entries, key=lambda entry: (KINDS.index(entry["kind"]), entry["name"])),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, default=str)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def told(product: Product) -> dict[str, Any]:
    """Give a product as it is told."""
    return asdict(product) | {"path": str(product.path)}
