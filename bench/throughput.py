"""Messages a second and core with every rule on, as a ratio to the standard library's own parse in the same run.

python bench/throughput.py MAILS.tar.gz|FOLDER [--limit N] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import tarfile
import time
import tomllib
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

from checker.compile import build
from checker.engine import check
from checker.examples import example_company
from checker.files import default_policy
from checker.mime import from_eml
from checker.policy import company_of
from checker.rule_folders import shipped_rules


def mails(source: Path) -> list[bytes]:
    """The bytes of every mail in a tar archive or below a folder."""
    if source.is_dir():
        return [path.read_bytes() for path in sorted(source.rglob("*")) if path.is_file()]
    with tarfile.open(source) as archive:
        return [archive.extractfile(m).read() for m in archive if m.isfile()]


def parse_only(data: bytes) -> int:
    """The peer: a compat32 parse with every payload decoded."""
    return sum(
        len(part.get_payload(decode=True) or b"") for part in message_from_bytes(data).walk() if not part.is_multipart()
    )


def seconds(function, items: list[bytes]) -> float:
    """CPU seconds for all items."""
    start = time.process_time()
    for item in items:
        function(item)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    found = mails(options.source)[: options.limit]
    company = example_company(company_of(tomllib.loads(default_policy().decode()), {}), {})
    ruleset, now = build(shipped_rules(), company), datetime(2026, 3, 10, 2, tzinfo=UTC)

    def whole(data: bytes) -> None:
        check(from_eml(data), ruleset, company, now=now)

    seconds(whole, found[:50])
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(seconds, whole, found)
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        return
    rounds = [(seconds(whole, found), seconds(from_eml, found), seconds(parse_only, found)) for _ in range(3)]
    checked, parsed, peer = (sorted(r[i] for r in rounds)[1] for i in range(3))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(found)} mails, {sum(map(len, found)) / len(found) / 1000:.1f} kB on average, {len(ruleset.judges)} rules"
    )
    print(f"check      {len(found) / checked:8.0f} mails/s   {checked / peer:5.2f} x the peer")
    print(f"from_eml   {len(found) / parsed:8.0f} mails/s   {parsed / peer:5.2f} x the peer")
    print(f"peer       {len(found) / peer:8.0f} mails/s   standard library parse, payloads decoded")
    print(f"peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
