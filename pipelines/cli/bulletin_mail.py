"""``fenwei bulletin --mail``: what may be mailed, and what is told of it."""

from datetime import datetime
from typing import Any

from pipelines.cli.common import UseError, err
from pipelines.home import Home


def check_mail(home: Home, moment: datetime, klass: str) -> None:
    """Refuse what must not be mailed before anything is written."""
    from pipelines.bulletin.mailed import check_class
    from pipelines.emergency.drafting import lives_at
    from pipelines.mail.kinds import MailError
    from pipelines.mail.settings import mail_settings

    if not lives_at(home, moment):
        raise UseError(
            f"--as-of {moment:%Y-%m-%d %H:%M} 不是现在：回看只写文件，不发邮件"
            " | --as-of is not the present: a look back writes files and mails nothing"
        )
    mail_settings(home)
    try:
        check_class(klass)
    except MailError as error:
        raise UseError(str(error)) from None


def queue(home: Home, document: dict[str, Any], made: Any, moment: datetime, correction: str) -> Any:
    """Put a bulletin that was written into the outbox."""
    from pipelines.bulletin.mailed import queue_bulletin
    from pipelines.mail.kinds import MailError

    try:
        return queue_bulletin(home, document, made.text, made.files, moment, correction=correction)
    except MailError as error:
        raise UseError(str(error)) from None


def tell(queued: Any) -> None:
    """Tell for how many the bulletin was put in."""
    err.print(
        f"邮件 letters：新入箱 new {queued.n_new}，已有 known {queued.n_known}，收件人 recipients {queued.n_recipients}"
        "；投递 deliver：fenwei mail send",
        markup=False,
    )
    if queued.n_known and not queued.n_new:
        err.print(
            "已发过，不重复；内容有更正时用 --correction 说明 | sent before, not again; a corrected one goes with --correction",
            markup=False,
        )
