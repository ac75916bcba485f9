"""``fenwei bulletin --due``: the standing order of bulletins for those who run it by cron instead of Dagster."""

from datetime import datetime

import typer

from pipelines.cli.common import DONE, REJECTED, UseError, err, print_json
from pipelines.home import Home


def make_what_is_due(home: Home, moment: datetime, *, as_json: bool) -> int:
    """Make yesterday's and last month's bulletins that are lacking and whose time has come.

    Returns
    -------
    int
        Exit code: bulletins that must wait for data are no success.
    """
    from dashboards.bulletin.render import BulletinTemplateError
    from pipelines.bulletin.settings import DAY, MONTH, bulletin_settings
    from pipelines.bulletin.standing_order import Ordered, make_due
    from pipelines.mail.kinds import MailError

    settings = bulletin_settings(home)
    if not settings.day_at and not settings.month_at:
        raise UseError(
            f"{home.toml}: [bulletin] 未设 day_at、month_at，没有要自动编制的"
            " | neither day_at nor month_at is set in [bulletin]: nothing is made by itself"
        )
    whole = Ordered()
    try:
        for kind in (DAY, MONTH):
            if settings.reached(kind, moment):
                done = make_due(home, kind, moment)
                whole.files += done.files
                whole.n_letters += done.n_letters
                whole.waiting += done.waiting
                whole.notes += done.notes
    except (BulletinTemplateError, MailError) as error:
        raise UseError(str(error)) from None
    if as_json:
        print_json(vars(whole) | {"files": [str(path) for path in whole.files]})
    else:
        for path in whole.files:
            typer.echo(f"已写 written: {path}")
        if not whole.files and not whole.waiting:
            typer.echo("没有要补的 nothing is lacking")
        for text in (*whole.waiting, *whole.notes):
            err.print(f"注意 note: {text}", markup=False)
        if whole.n_letters:
            err.print(f"邮件 letters：新入箱 new {whole.n_letters}", markup=False)
    return REJECTED if whole.waiting else DONE
