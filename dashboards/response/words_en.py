"""English sentences about a warning, made from its level, its times and the kind of notice."""

from dashboards.response.measures import city_en
from dashboards.response.model import Response
from dashboards.response.words import since, when_en
from warehouse.standards.warning_words import LEVEL_NAMES, NOTICE_NAMES, response_name


def warning_en(level: str) -> str:
    """Name what is warned of."""
    if level == "precaution":
        return "precautionary notice of unfavourable weather (below yellow)"
    return f"{LEVEL_NAMES.get(level, ('', level))[1]} warning of heavy air pollution"


def headline_en(response: Response, kind: str) -> str:
    """Give the title in English."""
    return (
        f"{city_en(str(response.warning['city_code']))}: {warning_en(response.level)} {NOTICE_NAMES[kind][1]}"
    )


def what_en(response: Response, kind: str) -> str:
    """Tell what a notice decides, with its times (Beijing time)."""
    warning = response.warning
    what, answer = warning_en(response.level), response_name(response.level)[1]
    city = city_en(str(warning["city_code"]))
    until = (
        f"until {when_en(warning['end_at'], last=True)}" if warning.get("end_at") else "until further notice"
    )
    before = LEVEL_NAMES.get(str(warning.get("level_before")), ("", ""))[1]
    decided = when_en(warning.get("decided_at") or warning.get("drafted_at"))
    changed = when_en(since(response))
    told = {
        "issue": f"{city} issues {_article(what)} {what}. {answer} from {when_en(warning.get('start_at'))} {until}.",
        "upgrade": f"{city} raises its warning{_from(before)} to {response.level}: {what}. {answer} from {changed} {until}.",
        "downgrade": f"{city} lowers its warning{_from(before)} to {response.level}: {what}. {answer} from {changed} {until}.",
        "extend": f"{city} extends its {what}. {answer} continues {until}.",
        "suspend": f"{city} suspends the {answer} of its {what} from {decided}.",
        "resume": f"{city} resumes the {answer} of its {what} from {decided} {until}.",
        "lift": f"{city} lifts its {what} and ends the {answer} at {when_en(warning.get('lifted_at') or decided)}.",
    }
    return f"{told[kind]} Beijing time."


def _from(before: str) -> str:
    return f" from {before}" if before else ""


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"
