"""Every table of the house, in one import: for migrations and for tests."""

from workflows.accesses import calls
from workflows.accesses import models as accesses
from workflows.calendars import models as calendars
from workflows.cases import details, incident_row, models
from workflows.catalog import models as catalog
from workflows.clock import SimulatedClock
from workflows.contracts import models as contracts
from workflows.database import Base
from workflows.deliveries import models as deliveries
from workflows.journal import models as journal
from workflows.messages import models as messages
from workflows.notices import models as notices
from workflows.people import accounts, discretion
from workflows.people import models as people
from workflows.privacy import models as privacy
from workflows.signatures import models as signatures

__all__ = [
    "Base",
    "SimulatedClock",
    "accesses",
    "accounts",
    "calendars",
    "calls",
    "catalog",
    "contracts",
    "deliveries",
    "details",
    "discretion",
    "incident_row",
    "journal",
    "messages",
    "models",
    "notices",
    "people",
    "privacy",
    "signatures",
]
