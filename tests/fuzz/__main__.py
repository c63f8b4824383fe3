"""``python -m tests.fuzz``: many runs of each parser, in parallel, resumed where they stopped.

Every chunk of runs has a process of its own, so that one that is killed by a signal is reported
and the others go on.  Results are added to ``build/fuzz.json``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

from tests.fuzz.fuzzer import Report, data_of_run, fuzz
from tests.fuzz.parsers import PARSERS

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / "build" / "fuzz.json"
CHUNK = 20_000


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.fuzz", description="Fuzz every parser.")
    parser.add_argument("parsers", nargs="*", metavar="PARSER", help=", ".join(PARSERS))
    parser.add_argument("--runs", type=int, default=1_000_000, help="of each parser in total")
    parser.add_argument("--workers", type=int, default=1, help="processes at a time")
    parser.add_argument("--restart", action="store_true", help="forget earlier results")
    parser.add_argument(
        "--chunk", nargs=3, metavar=("PARSER", "FIRST", "COUNT"), help=argparse.SUPPRESS
    )
    parser.add_argument(
        "--save", nargs=2, metavar=("PARSER", "RUN"), help="print the data of a run"
    )
    options = parser.parse_args()
    if options.chunk:
        name, first, count = options.chunk
        print(
            json.dumps(
                asdict(fuzz(name, PARSERS[name], range(int(first), int(first) + int(count))))
            )
        )
        return 0
    if options.save:
        name, run = options.save
        sys.stdout.buffer.write(data_of_run(name, PARSERS[name], int(run)))
        return 0
    names = options.parsers or list(PARSERS)
    reports = {} if options.restart else _load()
    _run_missing(reports, names, options.runs, options.workers)
    print(_table(reports))
    return int(any(reports[name].foreign for name in names if name in reports))


def _run_missing(reports: dict[str, Report], names: list[str], runs: int, workers: int) -> None:
    """Chunks in rounds over all parsers, so that an interruption leaves each about as far."""
    starts = {name: reports[name].runs if name in reports else 0 for name in names}
    chunks = sorted(
        ((name, first, min(CHUNK, runs - first)) for name in names
         for first in range(starts[name], runs, CHUNK)),
        key=lambda chunk: chunk[1],
    )  # fmt: skip
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(_run_chunk, *chunk) for chunk in chunks]
        try:
            for future in as_completed(futures):
                name, report = future.result()
                reports.setdefault(name, Report()).add(report)
                _save(reports)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)


def _run_chunk(name: str, first: int, count: int) -> tuple[str, Report]:
    command = [sys.executable, "-m", "tests.fuzz", "--chunk", name, str(first), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return name, Report(**json.loads(done.stdout.splitlines()[-1]))
    last = (done.stderr.splitlines() or [""])[-1]
    return name, Report(runs=count, foreign={f"exit code {done.returncode}: {last}": first})


def _load() -> dict[str, Report]:
    if not STATE.is_file():
        return {}
    return {name: Report(**fields) for name, fields in json.loads(STATE.read_text()).items()}


def _save(reports: dict[str, Report]) -> None:
    STATE.parent.mkdir(exist_ok=True)
    draft = STATE.with_suffix(".tmp")
    draft.write_text(
        json.dumps({name: asdict(report) for name, report in reports.items()}, indent=1)
    )
    draft.replace(STATE)


def _table(reports: dict[str, Report]) -> str:
    lines = [
        "| parser | runs | accepted | refused | foreign exceptions | peak memory |",
        "|---" * 6 + "|",
    ]
    for name, report in reports.items():
        refused = sum(report.refused.values())
        lines.append(
            f"| {name} | {report.runs:,} | {report.accepted:,} | {refused:,} | "
            f"{len(report.foreign)} | {report.peak_mb:.0f} MiB |"
        )
        lines += [f"  run {run}: {what}" for what, run in report.foreign.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
