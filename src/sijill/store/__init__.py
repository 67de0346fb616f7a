"""The register as it is stored: a SQLite file, or a PostgreSQL database by URL. Loaded only by what needs it; SQLAlchemy takes its time."""

from sijill.store.batch import Batch
from sijill.store.incidents import Box, IncidentFilter, Near
from sijill.store.search import ReportFilter
from sijill.store.store import Store

__all__ = ["Batch", "Box", "IncidentFilter", "Near", "ReportFilter", "Store"]
