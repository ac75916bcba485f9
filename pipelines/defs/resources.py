"""The home folder as a Dagster resource."""

from pathlib import Path

import dagster as dg

from pipelines.home import default_root, now, open_home
from pipelines.steps import RunContext


class HomeResource(dg.ConfigurableResource):
    """Where the home is and what is taken as now.

    Attributes
    ----------
    root : str
        Home folder; empty for ``FENWEI_HOME`` or ``./fenwei-home``.
    as_of : str
        Empty for the home's own ``as_of`` or the clock.
    command : str
        What started the run, for the run table and the lock.
    page : bool
        False where a publication that follows at once makes the page.
    """

    root: str = ""
    as_of: str = ""
    command: str = "dagster"
    page: bool = True

    def context(self, run_id: str) -> RunContext:
        """What the steps of one run share."""
        home = open_home(Path(self.root) if self.root else default_root())
        return RunContext(home, now(home, self.as_of or None), run_id[:12], self.command, self.page)


@dg.definitions
def resources() -> dg.Definitions:
    """Bind the home."""
    return dg.Definitions(resources={"home": HomeResource()})
