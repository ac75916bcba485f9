"""The front door: ``fenwei <command>``. Exit codes: 0 done, 1 something was rejected, 2 wrong use, 3 locked or internal."""

import os
import sys

os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")

import typer

from pipelines.cli import (
    analyst,
    bulletin,
    coal,
    emission_list,
    forecast,
    judge,
    keep,
    look,
    mail,
    serve,
    warning,
)
from pipelines.cli.common import report_error

app = typer.Typer(
    name="fenwei",
    help="汾渭平原大气污染联防联控数据系统 | air-pollution joint control for the Fen-Wei Plain",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (keep, look, judge, forecast, warning, emission_list, coal, mail, bulletin, analyst, serve):
    module.register(app)


def main() -> None:
    """Run the command line and turn every failure into one message and an exit code."""
    try:
        code = app(standalone_mode=False)
    except Exception as error:
        sys.exit(report_error(error))
    # Typer hands back the code of typer.Exit here, and 130 for an interruption.
    sys.exit(report_error(KeyboardInterrupt()) if code == 130 else code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
