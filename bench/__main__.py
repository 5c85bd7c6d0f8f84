"""`make bench`: every measurement, one after the other, in processes of their own so that none disturbs another."""

import subprocess
import sys

SUBJECTS = ("frame", "dialog", "content", "search", "voice", "recognition", "calls", "operators")
LONG = ("recognition", "calls")


def main() -> None:
    """Run all; what is given on the command line (`--quick`) is passed to those that take long."""
    for subject in SUBJECTS:
        print(f"\n== {subject}", flush=True)
        arguments = sys.argv[1:] if subject in LONG else []
        subprocess.run([sys.executable, "-m", f"bench.{subject}", *arguments], check=True)


if __name__ == "__main__":
    main()
