"""Data sets of others: their rows as reports of their own, with readings whose every value points at the cell it came from."""

from sijill.datasets.reading import FORMS, DataSet, told_form
from sijill.datasets.records import Problem, TakenRow, UnknownColumn

__all__ = ["FORMS", "DataSet", "Problem", "TakenRow", "UnknownColumn", "told_form"]
