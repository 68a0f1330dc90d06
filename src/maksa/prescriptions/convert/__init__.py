"""Convert a message to the fields that an insurer takes: codes by the maps held, the rest as it stands, gaps named."""

from __future__ import annotations

from maksa.prescriptions.convert.convert import convert
from maksa.prescriptions.convert.records import Absent, Carried, Conversion, Gap, PassedOver
from maksa.prescriptions.convert.rules import INSURERS

__all__ = ["INSURERS", "Absent", "Carried", "Conversion", "Gap", "PassedOver", "convert"]
