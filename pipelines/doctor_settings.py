"""Whether the files are there that the settings of a home name."""

from pathlib import Path

from pipelines.finding import Finding, fail, ok
from pipelines.home import Home


def named_files(home: Home) -> Finding:
    """Files that settings name are there and can be read; outlines, a file or a folder of files, are read to the end."""
    wrong = [(said, *why) for said, path in _named(home) for why in [_fault(said, path)] if why]
    if wrong:
        return fail(
            "named_files",
            (
                "；".join(f"{said}：{zh}" for said, zh, _ in wrong),
                "; ".join(f"{said}: {en}" for said, _, en in wrong),
            ),
            (
                "放好文件，或改正 fenwei.toml 中的这些设置（相对路径从家目录算起）",
                "put the files in place, or mend these settings in fenwei.toml (paths are seen from the home)",
            ),
        )
    n = len(_named(home))
    return ok("named_files", f"设置所指的 {n} 个文件可读", f"{n} files named in settings can be read")


def _named(home: Home) -> list[tuple[str, Path]]:
    """Settings that name a file; those of warnings, bulletins and passwords are looked at by checks of their own."""
    given = {name: getattr(home.settings, name) for name in ("stations", "overrides", "city_outlines")}
    given["mail.ca_file"] = home.settings.mail.get("ca_file")
    return [(name, home.root / value) for name, value in given.items() if value and isinstance(value, str)]


def _fault(said: str, path: Path) -> tuple[str, str] | None:
    """What is wrong with a file, in both languages."""
    if not path.exists():
        return f"文件不存在 {path}", f"there is no file {path}"
    if not path.is_file() and said != "city_outlines":
        return f"{path} 不是文件", f"{path} is no file"
    try:
        if said == "city_outlines":
            _read_outlines(path)
        else:
            path.open("rb").close()
    except OSError as error:
        why = error.strerror or type(error).__name__
        return f"{path} 无法读取（{why}）", f"{path} cannot be read ({why})"
    except ValueError as error:
        return f"内容有误：{error}", f"its content is wrong: {error}"
    return None


def _read_outlines(path: Path) -> None:
    # brings in the libraries of gridded data, which other checks do not need
    from sources.gridded.outlines import read_outlines

    read_outlines(path)
