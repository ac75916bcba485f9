"""Which coal tables are older than what they are made from, and their making anew."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import duckdb

from pipelines.air.city_days import drop_period, keep_period, stored_periods
from pipelines.coal.balance import rebuild_balance
from pipelines.coal.early_warning import rebuild_early_warning
from pipelines.coal.emissions import rebuild_emissions
from pipelines.coal.households import rebuild_households
from pipelines.coal.inspections import rebuild_inspections
from pipelines.coal.loading import landed_files
from pipelines.coal.panel import rebuild_panel
from pipelines.coal.replacement import rebuild_replacement
from pipelines.coal.targets import rebuild_targets
from pipelines.coal.use import rebuild_use_month, rebuild_use_year
from warehouse.store import models_fingerprint, one_row, transaction

USE = "coal.balance"
VERDICTS = "coal.target_check"
_ALL = "all"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _use_inputs(con: duckdb.DuckDBPyConnection) -> str:
    """Hash of every coal form in force, of the facts and of the models; empty where no form ever came."""
    files = landed_files(con)
    if not files:
        return ""
    facts = one_row(con.execute("SELECT value FROM ops.about WHERE key = 'schema'"))
    return _digest([*files, str(facts and facts[0]), models_fingerprint()])


def _verdict_inputs(con: duckdb.DuckDBPyConnection, as_of: datetime) -> str:
    """Hash of what the verdicts rest on: the forms and the day."""
    use = _use_inputs(con)
    return _digest([use, str(as_of.date())]) if use else ""


def coal_due(con: duckdb.DuckDBPyConnection, as_of: datetime) -> bool:
    """Tell whether any coal table is older than what it is made from."""
    return stored_periods(con, USE).get(_ALL, "") != _use_inputs(con) or stored_periods(con, VERDICTS).get(
        _ALL, ""
    ) != _verdict_inputs(con, as_of)


def rebuild_use(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Use by firm and balances by area, in one transaction, when a form, a fact or a model changed."""
    digest = _use_inputs(con)
    if stored_periods(con, USE).get(_ALL, "") == digest:
        return {}
    with transaction(con):
        done = {
            "coal.use_month": rebuild_use_month(con),
            "coal.use_year": rebuild_use_year(con),
            "coal.balance": rebuild_balance(con),
        }
        _keep(con, USE, digest)
    return done


def rebuild_verdicts(con: duckdb.DuckDBPyConnection, as_of: datetime) -> dict[str, int]:
    """Every verdict on coal as of a day, in one transaction, when a form or the day changed.

    The balances must be there: see `rebuild_use`.
    """
    digest = _verdict_inputs(con, as_of)
    if stored_periods(con, VERDICTS).get(_ALL, "") == digest:
        return {}
    with transaction(con):
        done = {
            "coal.panel": rebuild_panel(con, as_of),
            "coal.early_warning": rebuild_early_warning(con, as_of),
            "coal.household_progress": rebuild_households(con, as_of),
            "coal.target_check": rebuild_targets(con, as_of),
            "coal.replacement_check": rebuild_replacement(con, as_of),
            "coal.inspection_check": rebuild_inspections(con, as_of),
            "coal.emission_estimate": rebuild_emissions(con, as_of),
        }
        _keep(con, VERDICTS, digest)
    return done


def rebuild_coal(con: duckdb.DuckDBPyConnection, as_of: datetime) -> dict[str, int]:
    """Bring every coal table up to date; returns how much was done by table."""
    return rebuild_use(con) | rebuild_verdicts(con, as_of)


def _keep(con: duckdb.DuckDBPyConnection, table: str, digest: str) -> None:
    if digest:
        keep_period(con, table, _ALL, digest)
    else:
        drop_period(con, table, _ALL)
