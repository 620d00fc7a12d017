"""The charts: growth, percent of plan, second half, history, contributions."""

from bcanalysis.display.contributions import chart_contributions
from bcanalysis.display.history import chart_history
from bcanalysis.display.percents import chart_growth, chart_plan
from bcanalysis.display.second_half import chart_second_half

__all__ = ["chart_contributions", "chart_growth", "chart_history", "chart_plan", "chart_second_half"]
