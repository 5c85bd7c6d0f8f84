"""`make bench`: every measurement, one after the other, in processes of their own so that none disturbs another."""

import subprocess
import sys

SUBJECTS = ("frame", "dialog", "voice", "recognition")


def main() -> None:
    """Run all; what is given on the command line is passed to the measurement of recognition (`--quick`)."""
    for subject in SUBJECTS:
        print(f"\n== {subject}", flush=True)
        arguments = sys.argv[1:] if subject == "recognition" else []
        subprocess.run([sys.executable, "-m", f"bench.{subject}", *arguments], check=True)


if __name__ == "__main__":
    main()
