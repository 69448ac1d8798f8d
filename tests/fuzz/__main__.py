"""Mutated inputs over the compiler and over the ARM engine: no exception, no hang, bounded memory.

    python -m tests.fuzz --target compiler|arm [--runs 200000] [--processes 2] [--seed 1] [--first 0] [--stored DIR]
    python -m tests.fuzz --replay FILE.json

The same target, seed and number give the same input. The first failure of a kind is made small and stored. Exit status 1 where anything failed.
"""

import argparse
import gc
import multiprocessing
import sys
import time
from collections import Counter
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from tests.fuzz.failures import failure_of, make_small, signature_of, store
from tests.fuzz.inputs import TARGETS, Input, make_input
from tests.fuzz.limits import bound_memory
from tests.fuzz.targets import Target

STUCK = 60.0
"""Seconds of the wall clock after which a process that does not come to the next input is ended: it hangs where no signal is heard."""


def work(options: argparse.Namespace, first: int, at: Any, told: "Queue[tuple[int, str]]") -> None:
    """One process: every n-th number."""
    bound_memory()
    gc.freeze()
    seen: set[str] = set()
    with Target() as target:
        for number in range(first, options.first + options.runs, options.processes):
            at.value = number
            given = make_input(options.target, options.seed, number)
            error = failure_of(target, given)
            if error is None:
                continue
            signature = signature_of(error)
            if signature not in seen:
                seen.add(signature)
                small = make_small(target, given, signature)
                store(options.stored, small, signature, failure_of(target, small) or error, number)
            told.put((number, signature))
    at.value = -1


class Watch:
    """The processes: started again behind an input that ended one, or where one is stuck."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.told: Queue[tuple[int, str]] = multiprocessing.Queue()
        self.found: Counter[str] = Counter()
        self.places = [multiprocessing.Value("q", options.first + share) for share in range(options.processes)]
        self.since = [(time.monotonic(), place.value) for place in self.places]
        self.processes = [self.begin(share, options.first + share) for share in range(options.processes)]

    def begin(self, share: int, first: int) -> multiprocessing.Process:
        """A process from that number on."""
        self.places[share].value = first
        process = multiprocessing.Process(target=work, args=(self.options, first, self.places[share], self.told), daemon=True)
        process.start()
        return process

    def look(self) -> bool:
        """True while anything runs."""
        while not self.told.empty():
            number, signature = self.told.get()
            if not self.found[signature]:
                print(f"  {number}: {signature}", flush=True)
            self.found[signature] += 1
        for share, process in enumerate(self.processes):
            number = self.places[share].value
            if number != self.since[share][1]:
                self.since[share] = (time.monotonic(), number)
            stuck = number >= 0 and process.is_alive() and time.monotonic() - self.since[share][0] > STUCK
            if stuck:
                process.kill()
                process.join()
            if stuck or (number >= 0 and not process.is_alive() and process.exitcode):
                self.lost(share, number, "stuck" if stuck else f"ended with {process.exitcode}")
        return any(process.is_alive() for process in self.processes)

    def lost(self, share: int, number: int, how: str) -> None:
        """An input that took its process with it."""
        options = self.options
        store(options.stored, make_input(options.target, options.seed, number), how, None, number)
        print(f"  {number}: the process {how}", flush=True)
        self.found[how] += 1
        self.since[share] = (time.monotonic(), number + options.processes)
        self.processes[share] = self.begin(share, number + options.processes)

    def done(self) -> int:
        """How many inputs have been looked at, about."""
        options = self.options
        return sum(options.runs // options.processes if place.value < 0 else (place.value - options.first) // options.processes for place in self.places)


def run(options: argparse.Namespace) -> int:
    """All numbers, with a line of progress every ten seconds."""
    began = last = time.monotonic()
    watch = Watch(options)
    while watch.look():
        time.sleep(0.2)
        if time.monotonic() - last > 10:
            last = time.monotonic()
            rate = watch.done() / (last - began)
            print(f"{watch.done():8} of {options.runs}, {rate:.0f}/s, {sum(watch.found.values())} failures of {len(watch.found)} kinds", flush=True)
    time.sleep(0.2)
    watch.look()
    spent = time.monotonic() - began
    print(f"{options.target}: {options.runs} inputs in {spent:.0f} s, {sum(watch.found.values())} failures of {len(watch.found)} kinds (seed {options.seed})")
    for signature, count in watch.found.most_common():
        print(f"{count:7} {signature}")
    return 1 if watch.found else 0


def replay(path: Path) -> int:
    """One stored input; its traceback where it still fails."""
    with Target() as target:
        target.run(Input.load(path.read_text(encoding="utf-8")))
    print("passed")
    return 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", choices=TARGETS, default="compiler")
    parser.add_argument("--runs", type=int, default=200_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the first number")
    parser.add_argument("--stored", type=Path, default=Path("out/fuzz"), help="where failing inputs are written")
    parser.add_argument("--replay", type=Path, help="run one stored input again")
    options = parser.parse_args()
    return replay(options.replay) if options.replay else run(options)


if __name__ == "__main__":
    sys.exit(main())
