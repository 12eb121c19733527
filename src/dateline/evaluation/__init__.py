"""How well coding does: gold reports (what a careful reader found) and predictions in, figures out.

`read_gold` and `read_predictions` read JSON lines, `evaluate` compares them. Nothing here codes a report or knows how
coding works; any system that writes the JSON of a coded report can be scored.
"""

from dateline.evaluation.figures import Figures, Mistake, Share
from dateline.evaluation.gold import GoldReport, read_gold
from dateline.evaluation.prediction import Prediction, predictions_of, read_predictions
from dateline.evaluation.scoring import evaluate

__all__ = [
    "Figures",
    "GoldReport",
    "Mistake",
    "Prediction",
    "Share",
    "evaluate",
    "predictions_of",
    "read_gold",
    "read_predictions",
]
