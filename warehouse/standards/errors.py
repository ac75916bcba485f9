"""The error every fault in the standards files is reported with."""


class StandardsError(ValueError):
    """A fact table is wrong; the message says where, what was found, what was expected and what to do.

    Attributes
    ----------
    file, line, found, expected, action : str, int, str, str, str
        File name, line (from 1, heading included), and the three parts of the message.
    """

    def __init__(self, file: str, line: int, found: str, expected: str, action: str) -> None:
        self.file, self.line, self.found, self.expected, self.action = file, line, found, expected, action
        super().__init__(
            f"{file} 第 {line} 行：{found}；应为：{expected}；处理：{action}。"
            f" | {file}, line {line}: found {found}; expected {expected}; to do: {action}."
        )
