"""Pictures of the results, drawn by gnuplot."""

import math
import subprocess
from pathlib import Path

from comparison.failure import Failure
from comparison.keys import DELIVERIES, SERVER_CPU
from comparison.markdown import clients
from comparison.programs import find
from comparison.ratio import median
from comparison.result import Result
from comparison.runs import Runs
from comparison.systems import EDGECHAT, FLOOR, title_of

_STYLE = """\
set encoding utf8
set terminal svg size {width},{height} font "sans-serif,13" background "#ffffff"
set output {output}
set border 3 linecolor rgb "#888888"
set tics nomirror textcolor rgb "#333333"
set grid ytics linecolor rgb "#dddddd" linetype 1
"""

# A system's colour is a step of one scale, from few clients to many.
_COLOURS = ("#9ecae1", "#4292c6", "#084594", "#04224a", "#6b6b6b", "#b0b0b0")


def can_draw() -> bool:
    return find("gnuplot") is not None


def draw_all(result: Result, directory: Path) -> dict[str, Path]:
    """Draws what was measured into the folder, and gives the files by section. Raises Failure."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{directory} cannot be made: {error.strerror}") from error
    drawn = {}
    for section, file, script_of in (("saturated", "saturated.svg", _saturated),
                                     ("curve", "curve.svg", _curve)):
        runs = result.runs.of(section=section)
        if runs.systems():
            drawn[section] = directory / file
            _draw(script_of(runs, drawn[section]))
    return drawn


def _draw(script: str) -> None:
    done = subprocess.run(["gnuplot"], input=script, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise Failure(f"gnuplot fails: {done.stderr.strip()}")


def _quoted(text: str) -> str:
    """As a string of gnuplot's in which nothing has a meaning."""
    return "'" + text.replace("'", "''") + "'"


def _saturated(runs: Runs, output: Path) -> str:
    """Two panels: deliveries per second, and what one costs."""
    sizes = runs.sizes()
    data = "\n".join(["$data << EOD", *_rows(runs, sizes), "EOD"])
    bars = ", ".join(_bar_plot(i, size) for i, size in enumerate(sizes))
    costs = ", ".join(_bar_plot(i, size, len(sizes)) for i, size in enumerate(sizes))
    return _STYLE.format(width=920, height=420, output=_quoted(str(output))) + f"""
{data}
set style data histograms
set style histogram clustered gap 1
set style fill solid 1.0 noborder
set xtics rotate by -35 scale 0
set multiplot layout 1,2
set key top right samplen 1
set title "Deliveries per second, in millions (more is better)"
set yrange [0:*]
plot {bars}
set title "Server CPU per delivery, in µs, logarithmic (less is better)"
set key top left
set logscale y
set yrange [{_decade_below(runs)}:*]
plot {costs}
unset multiplot
"""


def _rows(runs: Runs, sizes: list[int]) -> list[str]:
    """Title, then the rate for each size, then the cost for each."""
    rows = []
    for system in runs.systems():
        values = [median(runs.of(system=system, size=size).figures(key))
                  for key in (DELIVERIES, SERVER_CPU) for size in sizes]
        scaled = [value / 1e6 if value and i < len(sizes) else value
                  for i, value in enumerate(values)]
        shown = ["NaN" if value is None else f"{value:.6g}" for value in scaled]
        rows.append(f'"{title_of(system)}" {" ".join(shown)}')
    return rows


def _decade_below(runs: Runs) -> float:
    """A power of ten that all costs are above."""
    costs = [cost for run in runs if (cost := run.figure(SERVER_CPU))]
    return 10.0 ** math.floor(math.log10(min(costs, default=1.0)))


def _bar_plot(index: int, size: int, offset: int = 0) -> str:
    colour = _COLOURS[index % len(_COLOURS)]
    return (f'$data using {2 + offset + index}:xtic(1) title {_quoted(clients(size))} '
            f'linecolor rgb "{colour}"')


def _curve(runs: Runs, output: Path) -> str:
    """The cost of a delivery over the size of the room; the shade is what the bar allows."""
    rows = []
    for size in runs.sizes():
        costs = [median(runs.of(system=system, size=size).figures(SERVER_CPU))
                 for system in (FLOOR, EDGECHAT)]
        rows.append(" ".join([str(size), *("NaN" if c is None else f"{c:.6g}" for c in costs)]))
    return _STYLE.format(width=720, height=400, output=_quoted(str(output))) + f"""
$data << EOD
{chr(10).join(rows)}
EOD
set title "Server CPU per delivery, in microseconds, by size of the room"
set xlabel "clients in one room"
set logscale x
set xrange [{runs.sizes()[0] * 0.8:g}:{runs.sizes()[-1] * 1.25:g}]
set yrange [0:*]
set key bottom right
set xtics ({", ".join(f'"{size:,}" {size}' for size in runs.sizes())})
plot $data using 1:2:($2*1.25) with filledcurves linecolor rgb "#e5eff8" \\
       title "up to 25 % above the floor", \\
     $data using 1:2 with linespoints linewidth 2 pointtype 7 linecolor rgb "#6b6b6b" \\
       title {_quoted(title_of(FLOOR))}, \\
     $data using 1:3 with linespoints linewidth 2 pointtype 7 linecolor rgb "#08519c" \\
       title {_quoted(title_of(EDGECHAT))}
"""
