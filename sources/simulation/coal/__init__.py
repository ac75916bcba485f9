"""模拟用煤数据：企业、项目、村户全部为虚构，绝非统计 | simulated coal use: every firm, project and village is invented.

`simulate_coal` writes the forms a bureau of the Fen-Wei Plain receives: the directory of firms, monthly 205-1
lists, the national survey (附表1, 附表2, 附表3, 附件2), totals by area, targets, projects with their replacement
sources, inspections with the registers behind them, and the ledgers of clean heating. Names hold 模拟, document
numbers begin with 模拟文号, organisation codes begin with XXXX, titles say 模拟数据. Magnitudes are plausible for
the cities; nothing here was measured or reported by anyone.

Built in on purpose: firms that report cumulative values, a missing month, firms that enter and leave the
statistics, measured calorific values, a corrected file, a file wrong by 10^4, a file with warnings, and targets,
projects, inspections and villages so that every verdict occurs.
"""

from sources.simulation.coal.world import CoalWorld, simulate_coal

__all__ = ["CoalWorld", "simulate_coal"]
