"""The page as a part of every publication; a page that cannot be made never keeps the data back."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.finding import Finding, ok, warn
from pipelines.home import Home
from warehouse.builds import DATABASE
from warehouse.classes import CLASSES, INTERNAL, PUBLIC, RESTRICTED
from warehouse.publish import current_version

SITE = "site"
_log = logging.getLogger(__name__)


def page_maker(home: Home, as_of: datetime) -> Callable[[Path], dict[str, Any]]:
    """Give what makes the page of a staged build and tells of it; the restricted build has none.

    Parameters
    ----------
    home : Home
    as_of : datetime
        What the page takes as now.
    """

    def make(staged: Path) -> dict[str, Any]:
        klass = staged.name
        if klass == RESTRICTED:
            return {}
        present = current_version(home.publish)
        earlier = present.folder / klass / SITE if present else None
        # What both show is made once: a page takes from one of a lower class, never the other way.
        lower = staged.parent / PUBLIC / SITE if klass == INTERNAL else None
        try:
            return {SITE: _made(home, staged, as_of, earlier, lower)}
        except Exception as error:
            _log.exception("page of the %s build", klass)
            return {SITE: {"error": f"{type(error).__name__}: {error}"}}

    return make


def _made(
    home: Home, staged: Path, as_of: datetime, earlier: Path | None, lower: Path | None
) -> dict[str, Any]:
    # takes a second to import, which commands that publish nothing should not pay
    from pipelines.site.build import build_site

    done = build_site(
        staged / DATABASE,
        staged / SITE,
        as_of,
        outlines=home.path_of(home.settings.city_outlines),
        previous=earlier,
        lower=lower,
    )
    return {"views": list(done.views), "n_files": done.n_files, "n_bytes": done.n_bytes}


def page_finding(home: Home) -> Finding:
    """Say for the doctor whether every build that has a page got one."""
    present = current_version(home.publish)
    if present is None or not home.settings.publish_site:
        return ok("page", "没有页面，或已关闭（publish_site）", "no page, or switched off (publish_site)")
    told = {
        k: present.manifest.get("builds", {}).get(k, {}).get(SITE, {}) for k in CLASSES if k != RESTRICTED
    }
    wrong = [f"{k}: {t.get('error', 'none')}" for k, t in told.items() if "views" not in t]
    if wrong:
        what = "；".join(wrong)
        return warn(
            "page",
            (f"页面没有生成：{what}", f"the page was not made: {what}"),
            (
                "按所说改正（例如 city_outlines）后再发布",
                "mend what it says (city_outlines, for example) and publish again",
            ),
        )
    return ok("page", f"页面在 {home.publish / SITE}", f"the page is at {home.publish / SITE}")
