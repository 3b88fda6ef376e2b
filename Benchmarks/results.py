"""Turns measured figures into a table: medians, ratios, targets and whether they are met."""

import dataclasses
import math


@dataclasses.dataclass
class Target:
    """What a figure is held against. `at_least` says whether more is better."""

    bound: float
    at_least: bool
    unit: str

    def met(self, figure: float) -> bool:
        return figure >= self.bound if self.at_least else figure <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}{self.unit}"


def percentile(values: list[float], percent: float) -> float:
    """The nearest-rank percentile: a value that was measured, not one in between."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def median(values: list[float]) -> float:
    return percentile(values, 50)


def best_of_rounds(rounds: list[list[int]]) -> list[float]:
    """The shortest time of each edit over all rounds, in microseconds: what another process took is no part of it."""
    return [min(times) / 1e3 for times in zip(*rounds)]


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, its columns padded so that it can be read as it is."""
    cells = [header, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]

    def line(row: list[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"

    return "\n".join([line(header), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows)])


def microseconds(value: float) -> str:
    return f"{value:.2f} µs" if value < 10 else f"{value:.1f} µs" if value < 1000 else f"{value / 1000:.2f} ms"


def milliseconds(nanoseconds: float) -> str:
    return f"{nanoseconds / 1e6:.2f} ms" if nanoseconds < 1e7 else f"{nanoseconds / 1e6:.1f} ms"


def targets_table(targets: dict[str, Target], figures: dict[str, float]) -> str:
    rows = [
        [name, str(target), f"{figures[name]:.4g}{target.unit}", "pass" if target.met(figures[name]) else "**miss**"]
        for name, target in targets.items()
    ]
    return table(["target", "bound", "measured", ""], rows)
