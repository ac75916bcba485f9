"""Forecasts beside the forecasters' bulletin: grids and their correction, the baseline, and how all of them did.

Models named ``baseline_…`` are for consultation only (会商参考): no level is ever taken from them. The draft of a warning
reads the model ``bulletin`` alone, see `pipelines.emergency.proposal.forecasts`.
"""

CONSULTATION_ONLY = "基线预报只供会商参考，不得据以确定预警级别 | the baseline is for consultation only: no warning level is taken from it"
BASELINE = "baseline_"
"""What the names of all baseline models start with."""
