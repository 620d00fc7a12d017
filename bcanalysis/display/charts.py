"""The charts: growth, percent of plan, history, contributions."""

from bcanalysis.display.contributions import chart_contributions
from bcanalysis.display.history import chart_history
from bcanalysis.display.percents import chart_growth, chart_plan

__all__ = ["chart_contributions", "chart_growth", "chart_history", "chart_plan"]
