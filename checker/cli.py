"""presend at a terminal: which commands there are. A command's module is loaded when the command is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click


class Entry(NamedTuple):
    """Where a command stands (module; the command has its last name), its line in --help, the extra that it needs."""

    module: str
    help: str
    extra: str = ""


COMMANDS: Mapping[str, Entry] = {
    "check": Entry(
        "checker.commands.check",
        "Check mails: .eml files, draft .json files, folders of them, or - for standard input.",
    ),
    "fix": Entry(
        "checker.commands.fix",
        "Apply the safe fixes to mails: files, or folders of them; with --only, every fix of those rules.",
    ),
    "baseline": Entry(
        "checker.commands.baseline",
        "Note the findings of today's mails; `check --baseline` then tells only what is new.",
    ),
    "new": Entry("checker.commands.new", "Write a draft for SCENARIO: restock, logistics, ads, review or listing."),
    "facts": Entry("checker.commands.facts", "Print what presend reads in a mail, as JSON: what rules see."),
    "keys": Entry("checker.commands.keys", "Keys of the service: add, list, revoke.", "service"),
    "waivers": Entry("checker.commands.waivers", "What the organisation lets pass: add, list, end.", "service"),
    "rules": Entry("checker.commands.rules", "List the rules; `rules test` runs their examples."),
    "explain": Entry(
        "checker.commands.explain",
        "Explain a rule: why it is there, what it says, examples, and how to set it.",
    ),
    "audit": Entry(
        "checker.commands.audit",
        "Audit archived mail: folders of .eml, mbox, Maildir, .msg, .pst, zip, tar, imaps://, s3://, ingested Parquet.",
        "archive",
    ),
    "ingest": Entry(
        "checker.commands.ingest",
        "Write the mails of archives into large Parquet files that `presend audit` reads, here or on a cluster.",
        "archive",
    ),
    "watch": Entry(
        "checker.commands.watch",
        "Check each draft of a folder as it is saved: DIR, or imaps://user@host/Folder, several at once.",
        "drafts",
    ),
    "gate": Entry(
        "checker.commands.gate",
        "Check mail on its way through SMTP: between a mail program and its provider, or behind Postfix.",
        "gate",
    ),
    "serve": Entry("checker.commands.serve", "Serve checks over HTTP, for the add-ins and the page.", "service"),
    "init": Entry("checker.commands.init", "Write a commented presend.toml and a people.csv to start from."),
    "addin": Entry("checker.commands.addin", "Pack the add-ins for mail clients: `addin build`."),
}


class Commands(click.Group):
    """A group that knows its commands by name and loads one only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name; None where there is none."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        return _loaded(cmd_name, entry)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list in --help, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def _loaded(name: str, entry: Entry) -> click.Command:
    try:
        command: click.Command = getattr(import_module(entry.module), entry.module.rpartition(".")[2])
    except ModuleNotFoundError as error:
        if not entry.extra or (error.name or "").startswith("checker"):
            raise
        raise click.UsageError(f"{name} needs {error.name}: pip install 'presend[{entry.extra}]'") from None
    return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="presend")
def main() -> None:
    """Checks what a mail says before it is sent. 发信前检查邮件内容。"""
