"""Check a batch of messages with the command, from its start to its end. Usage: bench_messages.py [MESSAGES]."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from maksa.home import open_home
from maksa.model.checkdigits import is_national_id
from maksa.model.service import Lookup
from maksa.registry.samples import load_samples
from measure import figure, heading

_MESSAGES = 10_000
_ORDERS = 5
_FAULTY = 50
_LIMIT_SECONDS = 20
_FREQUENCIES = ("229797004", "229799001", "229798009", "307439001")


def main() -> None:
    """Make a home of samples and two batches, and check each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _MESSAGES
    heading(
        f"Check {count:,} messages of {_ORDERS} drug orders, every {_FAULTY}th with a code that does not exist",
        "`maksa check batch.ndjson --json --output report.json` as a process of its own on one core, its start and the"
        " writing of the report included, on a home of the samples; peak is the largest resident memory of the process",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = open_home(folder / "home", create=True)
        load_samples(home.registry, home.shelf)
        drugs = home.service.codes("eRx", status="active", limit=1_000).concepts
        for times in (1, 2):
            path = folder / f"batch-{times}.ndjson"
            with path.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{line}\n" for line in _messages(count * times, drugs))
            wall, cpu, peak = _run(["check", str(path), "--home", str(folder / "home"), "--json"], folder)
            label = f"{count * times:,} messages"
            figure(f"{label}: wall", wall, "s", f"under {_LIMIT_SECONDS} s" if times == 1 else "")
            figure(f"{label}: processor time", cpu, "s")
            figure(f"{label}: each", wall / (count * times) * 1_000, "ms")
            figure(f"{label}: peak memory", peak, "MB", "the same" if times == 2 else "")


def _messages(count: int, drugs: Sequence[Lookup]) -> Iterator[str]:
    """Write medication messages of invented persons, each with drugs of the sample list."""
    chance = random.Random(5)
    for number in range(count):
        orders = [_order(chance, one) for one in chance.sample(list(drugs), _ORDERS)]
        if number % _FAULTY == 0:
            orders[0]["ProductCode"]["Coded_string"] = "99999"
        yield json.dumps(_message(chance, number, orders), ensure_ascii=False)


def _message(chance: random.Random, number: int, orders: list[dict[str, Any]]) -> dict[str, Any]:
    doctor = {
        "Issuer": "Med_Council",
        "Assigner": "Med_Council",
        "ID": f"{number % 90_000 + 10_000}",
        "Type": "Med_ID",
    }
    day = {"Year": 1404, "Month": chance.randint(1, 12), "Day": chance.randint(1, 29)}
    insurer = _coded("thritaEHR.insurer", "1", "تامین اجتماعی")
    prescriptions = {
        "Prescriber": {"Identifier": doctor},
        "IssueDate": day,
        "IssueTime": {"Hour": 10, "Minute": 41, "Second": 32},
        "ePrescriptionID": f"{number:010d}",
        "Orders": orders,
    }
    return {
        "Person": {"NationalCode": _national_id(number), "FirstName": "نمونه", "LastName": "ساختگی"},
        "MsgID": {"SystemID": _system(number), "HealthCareFacilityID": _system(number % 500, "Org_ID")},
        "Composition": {
            "Admission": {"AdmissionDate": day},
            "Insurance": {"Insurer": insurer},
            "MedicationPrescriptions": prescriptions,
        },
    }


def _order(chance: random.Random, drug: Lookup) -> dict[str, Any]:
    return {
        "ProductCode": _coded("eRx", drug.concept.code, drug.concept.display),
        "Dosage": {"Magnitude": chance.randint(1, 2), "Unit": "Each"},
        "Frequency": _coded("SNOMEDCT", chance.choice(_FREQUENCIES), None),
        "Route": _coded("SNOMEDCT", "26643006", "Oral route (qualifier value)"),
        "TotalNumber": {"Magnitude": chance.randint(10, 90), "Unit": "Each"},
    }


def _coded(terminology: str, code: str, value: str | None) -> dict[str, Any]:
    return {"Value": value or code, "Terminology_id": terminology, "Coded_string": code}


def _system(number: int, kind: str = "System_ID") -> dict[str, str]:
    ident = f"00000000-0000-4000-8000-{number:012d}"
    return {"Issuer": "MOHME_IT", "Assigner": "MOHME_IT", "ID": ident, "Type": kind}


def _national_id(number: int) -> str:
    start = f"{number + 1_000_000:09d}"
    return next(whole for digit in range(10) if is_national_id(whole := f"{start}{digit}"))


def _run(arguments: Sequence[str], folder: Path) -> tuple[float, float, float]:
    """Run the command once on one core; a runner between measures it, so that the memory is that of the one command."""
    command = [sys.executable, __file__, "--run", *arguments, "--output", str(folder / "report.json")]
    wall, cpu, peak = map(float, subprocess.check_output(command, text=True).split())
    return wall, cpu, peak


def _measured(arguments: Sequence[str]) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "maksa", *arguments], stdout=subprocess.DEVNULL, check=False)
    wall = time.perf_counter() - begun
    if done.returncode != 1:
        sys.exit(f"the check ended with {done.returncode}; some messages should fail, and all be read")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_000)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        _measured(sys.argv[2:])
    else:
        main()
