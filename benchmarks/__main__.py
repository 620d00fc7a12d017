"""Run all benchmarks and print one table of ratios."""

from __future__ import annotations

import os
import platform

from benchmarks import load


def main() -> None:
    """Print medians and ratios."""
    print(f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    print("| what | ours, wall s | theirs, wall s | ratio, wall | ratio, processor |")
    print("| --- | --- | --- | --- | --- |")
    costs = load.run()
    walls = " | ".join(f"{costs[side]['wall']:.2f}" for side in ("ours", "theirs", "ratio"))
    print(f"| load and check / pandas reads | {walls} | {costs['ratio']['cpu']:.2f} |")


if __name__ == "__main__":
    main()
