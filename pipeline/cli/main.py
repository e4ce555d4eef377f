"""The door: argv → verb → exit code. The only place that prints, and the only one that exits.

Exit codes: 0 clean, 1 findings at or over the gate, 2 cannot run, 3 a bug in Lockstep, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.core.errors import LockstepError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.commands.project import Project
    from pipeline.core.model import Finding
    from pipeline.resolve.table import Progress

SHOWN = 8
"""How many rows of the worklist `status` shows when not asked for all."""
EPILOG = """\
A day's work:
  editors       write in source/, see what it costs:  lockstep impact,  then run:  lockstep update
  translators   fill locale/<language>/LC_MESSAGES/messages.po in Poedit, Weblate or vim
  everyone      lockstep build    renders dist/;  lockstep status  says what is left to do
  reviewers     lockstep review LOCALE PAGE --as reviser --by NAME;  to withdraw a text at once:  lockstep recall
  CI            lockstep check && lockstep build && lockstep audit

Exit codes: 0 clean · 1 findings at or over the gate · 2 cannot run · 3 a bug in Lockstep · 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an ASCII terminal shows a letter it lacks as \\u2026 rather than none
            stream.reconfigure(errors="backslashreplace")
    try:
        arguments, rest = parser().parse_known_args(argv)
        if rest and (not hasattr(arguments, "targets") or any(word.startswith("-") for word in rest)):
            parser().error(f"unrecognized arguments: {' '.join(rest)}")
        if rest:  # pages may also stand after the options, where argparse does not look for them
            arguments.targets = [*arguments.targets, *rest]
        verb: Callable[[argparse.Namespace], int] = arguments.verb
        return verb(arguments)
    except LockstepError as problem:
        print(f"lockstep: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("lockstep: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # the one broad except: whatever else comes is our bug, and says so
        traceback.print_exc()
        print(
            f"\nlockstep: this is a bug in Lockstep {__version__}. Please report it with the lines above.",
            file=sys.stderr,
        )
        return 3


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="lockstep",
        description="Multilingual pages that stay in step with their English source.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"lockstep {__version__}")
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(
        name: str, run: Callable[[argparse.Namespace], int], about: str, more: str, formats: str = ""
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(
            name,
            help=about,
            description=f"{about[0].upper()}{about[1:]}.\n\n{more}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(verb=run)
        if name != "init":
            made.add_argument(
                "--root",
                type=Path,
                default=Path(),
                metavar="DIR",
                help="the site's folder, the one with pyproject.toml (default: this one)",
            )
        if formats:
            made.add_argument(
                "--format", choices=formats.split("|"), default="text", help="how to print the result (default: text)"
            )
        return made

    verb(
        "extract",
        do_extract,
        "collect the English messages into locale/messages.pot",
        "Reads source/ and templates/ through Babel. The file is written only when its messages changed.",
    )
    verb(
        "update",
        do_update,
        "bring every language's catalog into step with the English",
        "Extracts, then updates locale/<language>/LC_MESSAGES/messages.po. Nothing a translator wrote is lost:\n"
        "a translation whose English is gone stays as obsolete, and comes back with it. Entries that did not\n"
        "change keep their bytes; a file without changes is not written.",
    )
    check = verb(
        "check",
        do_check,
        "report everything that is wrong in source, templates and catalogs",
        "Each finding names a file and line and says what to do. Exit code 1 when one of them is at or over\n"
        "the gate ([tool.lockstep.gate] level, default: error).",
        "text|json|jsonl",
    )
    check.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"), help="use this gate instead of the settings'"
    )
    build = verb(
        "build",
        do_build,
        "render every page in every language into dist/",
        "dist/ is replaced whole or not at all. What is untranslated, stale or unsafe is shown in English and\n"
        "marked, so a bad translation never stops a build.",
        "text|json",
    )
    build.add_argument("--open", action="store_true", help="open the pages in a browser afterwards")
    status = verb(
        "status",
        do_status,
        "show how much is translated, stale and untranslated, and what to do first",
        "The worklist says of each edited English text what changed, how grave it is, and which languages wait.\n"
        "The same stands in dist/status/index.html after a build.",
        "text|json",
    )
    status.add_argument("--todo", action="store_true", help="the whole worklist, not only its gravest rows")
    status.add_argument("--pages", action="store_true", help="a row for every page of every language")
    impact = verb(
        "impact",
        do_impact,
        "show what your edits of the English cost and break, before you commit them",
        "Compares source/ with the last update, or with a commit. Says of each edited text how grave the edit is and\n"
        "why, what each language has to redo, and which blocks readers will see in English. Writes nothing.",
        "text|json|markdown",
    )
    impact.add_argument("--base", metavar="REV", help="compare with this commit or branch (default: the last update)")
    decide = verb(
        "decide",
        do_decide,
        "record that an edit left the meaning unchanged, or is graver than it looks",
        "PAGE is a file under source/, as it stands in `lockstep status`; #block is a block there (the-parts.2), a whole\n"
        "section (the-parts) or a front-matter key. The decision is one more line in locale/edits.jsonl.\n"
        "A critical edit is lowered by two people only.",
    )
    decide.add_argument("target", metavar="PAGE[#block]")
    what = decide.add_mutually_exclusive_group(required=True)
    what.add_argument("--meaning-unchanged", action="store_true", help="the translations stay good")
    what.add_argument(
        "--raise", dest="raised", choices=("critical",), help="withdraw the translations until they are redone"
    )
    decide.add_argument("--by", required=True, metavar="NAME", help="who decides")
    decide.add_argument("--second", default="", metavar="NAME", help="the second person, to lower a critical edit")
    decide.add_argument("--reason", required=True, metavar="TEXT", help="why")
    accept = verb(
        "accept",
        do_accept,
        "record that a translation is right although a check complains",
        "FILE:LINE is the place in the catalog that `lockstep check` prints. The exception is written to\n"
        "locale/<locale>/exceptions.yaml and ends by itself when the English or the translation changes.",
    )
    accept.add_argument("target", metavar="FILE:LINE")
    accept.add_argument("--check", required=True, metavar="NAME", help="the check, as printed in brackets")
    accept.add_argument("--by", required=True, metavar="NAME", help="who accepts it")
    accept.add_argument("--reason", required=True, metavar="TEXT", help="why the translation is right")
    review = verb(
        "review",
        do_review,
        "sign for translations, take a signature back, or see who vouches for what",
        "PAGE is a file under source/, #block a block or section of it, as in `lockstep status`. A signature is bound to the\n"
        "two texts and ends when either changes by one character. Whoever translated does not revise; whoever did either\n"
        "does not sign as clinician. LOCALE may be the source language, where a clinician signs for the English.",
    )
    review.add_argument("locale", metavar="LOCALE")
    review.add_argument("targets", metavar="PAGE[#block]", nargs="*")
    review.add_argument(
        "--as", dest="role", default="", choices=("translator", "reviser", "clinician"), help="your role"
    )
    review.add_argument("--by", default="", metavar="NAME", help="who signs")
    review.add_argument(
        "--qualification", default="", metavar="TEXT", help="what qualifies you; remembered by your name"
    )
    review.add_argument(
        "--origin",
        default="",
        choices=("human", "memory", "machine+edited", "machine"),
        help="where the translation is from, if it is not what the ledger or the settings say",
    )
    review.add_argument("--note", default="", metavar="TEXT", help="anything to add; with --void the reason")
    review.add_argument(
        "--back-translation", action="store_true", help="you read a translation back into English, not the text itself"
    )
    doing = review.add_mutually_exclusive_group()
    doing.add_argument(
        "--list", action="store_true", help="show each text, its translation and who signed for it, valid or why not"
    )
    doing.add_argument("--void", action="store_true", help="take back the signatures (of one role with --as)")
    doing.add_argument(
        "--export", choices=("csv", "html"), help="print every text with every signature, for an auditor"
    )
    verb(
        "verify",
        do_verify,
        "recompute every review ledger and recall from the files",
        "Says which lines cannot be read or say what is not so, and how many signatures hold in each language. Exit code 1\n"
        "when a line is wrong. A signature that ended because its text changed is not wrong.",
    )
    recall = verb(
        "recall",
        do_recall,
        "withdraw a wording in every language at once, until two people approve it again",
        "Every translation of the text goes at the next build and its English is shown; with --stub the English goes too,\n"
        "and templates/notices.html says what stands there. The same English elsewhere is the same wording.",
    )
    recall.add_argument("target", metavar="MESSAGE|PAGE#block")
    recall.add_argument("--by", default="", metavar="NAME", help="who withdraws it (default: you, as git knows you)")
    recall.add_argument("--reason", required=True, metavar="TEXT", help="why")
    recall.add_argument("--stub", action="store_true", help="withdraw the English as well")
    recall.add_argument("--approve", action="store_true", help="end the recall; takes --by and --second")
    recall.add_argument("--second", default="", metavar="NAME", help="the second person, to end a recall")
    verb(
        "policy",
        do_policy,
        "show the policy as a table: what readers see of which text, by language, page class and block",
        "The table of [tool.lockstep.policy] with its rules worked out. docs/settings.md explains the rows.",
    )
    audit = verb(
        "audit",
        do_audit,
        "walk dist/ and prove that every page says of itself what is so",
        "Reads every page with a parser of its own and compares it with dist/manifest.json: the language of each text, every\n"
        "block, every figure, every notice. Then compares the manifest with source/ and locale/. Exit code 1 when they differ.",
        "text|json",
    )
    audit.add_argument("--dist", type=Path, metavar="DIR", help="a copy of dist/, for example of what is published")
    start = verb(
        "init",
        do_init,
        "lay out a new site",
        "Makes DIR with settings, templates and a first page. Files that are there already are left alone.",
    )
    start.add_argument("dir", type=Path, metavar="DIR")
    start.add_argument(
        "--locales",
        default="es",
        metavar="LIST",
        help="languages to translate into, with commas: es,zh_Hans,pt_BR (default: es)",
    )
    return top


def console(stream: Any = None) -> Any:
    from rich.console import Console

    made = Console(file=stream or sys.stdout, highlight=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = 200
    return made


def project_of(arguments: argparse.Namespace, report: Progress | None = None) -> Project:
    """The site that the verb is about, at the time it is run."""
    from pipeline.commands import project
    from pipeline.core import clock
    from pipeline.resolve.table import silent

    return project.load(arguments.root.resolve(), clock.read(), report or silent)


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """A progress bar on standard error where a person is watching; nothing where none is."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, steps: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console(sys.stderr), transient=True
    ) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda what, done, steps: bar.update(task, description=what, completed=done, total=steps)


def do_extract(arguments: argparse.Namespace) -> int:
    from pipeline.commands.extract import extract

    template, written = extract(project_of(arguments))
    for path in written:
        if path != template.path:
            print(f"{path}: written")
    state = "written" if template.path in written else "unchanged"
    print(f"{template.path}: {len(template.entries)} messages, {state}")
    return 0


def do_update(arguments: argparse.Namespace) -> int:
    from pipeline.commands.update import update

    written, found = update(project_of(arguments))
    out = console()
    for path in written:
        print(f"{path}: written")
    counts = f"{len(written)} file{'s' * (len(written) != 1)} written"
    print(counts if written else "Every catalog is in step; nothing written.")
    show(out, found)
    return 2 if any(finding.level == 2 for finding in found) else 0


def do_check(arguments: argparse.Namespace) -> int:
    from pipeline.cli import as_json, text
    from pipeline.commands.check import check
    from pipeline.core.model import Level

    with progress(arguments.format != "text") as report:
        project = project_of(arguments, report)
        found = check(project)
    if arguments.format == "json":
        print(as_json.findings(found))
    elif arguments.format == "jsonl":
        for line in as_json.lines(found):
            print(line)
    else:
        show(console(), found)
        languages = len(project.settings.locales)
        print(f"Checked {len(project.content.pages)} pages in {languages} languages: {text.summary(found)}.")
    gate = arguments.fail_on or str(project.settings.gate.level)
    return int(gate != "never" and any(finding.level >= Level[gate.upper()] for finding in found))


def show(out: Any, found: Sequence[Finding]) -> None:
    from pipeline.cli import text

    for finding in found:
        out.print(text.finding(finding))


def do_build(arguments: argparse.Namespace) -> int:
    from pipeline.cli import as_json, text
    from pipeline.commands.build import build
    from pipeline.core.model import Level

    with progress(arguments.format != "text") as report:
        project = project_of(arguments, report)
        done = build(project)
    found = [*project.findings, *(finding for language in project.coverage for finding in language.findings)]
    target = project.root / "dist" / "index.html"
    if arguments.format == "json":
        print(as_json.status(project.coverage, project.log, project.blocks))
    else:
        out = console()
        if project.coverage:
            out.print(text.table(project.coverage, project.settings.by_name))
        unpublished = [finding for finding in found if finding.code == "not-published"]
        show(console(sys.stderr), [finding for finding in found if finding.level is Level.ERROR] + unpublished)
        if not done.whole:
            print(
                "Note: this file system cannot exchange two folders, so for an instant dist/ was not there.",
                file=sys.stderr,
            )
        languages = len(project.settings.by_name) - len({one.locale for one in unpublished})
        print(
            f"\n{len(project.content.pages) * languages} pages: {done.written} of {done.files} files written, {done.removed} removed. Findings: {text.summary(found)}"
            + (" (lockstep check lists them)." if found else ".")
        )
        print(f"Pages:  {target}\nStatus: {target.parent / 'status' / 'index.html'}")
    if arguments.open:
        import webbrowser

        webbrowser.open(target.as_uri())
    return 0


def do_status(arguments: argparse.Namespace) -> int:
    from rich.markup import escape

    from pipeline.cli import as_json, text
    from pipeline.resolve import worklist

    project = project_of(arguments)
    measured = project.coverage
    if arguments.format == "json":
        print(as_json.status(measured, project.log, project.blocks))
        return 0
    out = console()
    out.print(text.table(measured, project.settings.by_name))
    out.print(text.COUNTED)
    waiting = worklist.rows(measured, project.blocks)
    most = len(waiting) if arguments.todo else SHOWN
    edited = waiting if arguments.todo else [row for row in waiting if row.grade != "untranslated"]
    if edited:
        out.print("\n[bold]To do, gravest first[/]")
    for line in text.worklist(edited, project.clock.today, most):
        out.print(line)
    for at, line in enumerate(worklist.decisions(project.log)):
        out.print(("" if at else "\n[bold]Decisions[/]\n") + escape(line))
    if arguments.pages:
        for language in measured:
            out.print("")
            out.print(text.pages_table(language, project.settings.by_name[language.locale]))
    return 0


def do_impact(arguments: argparse.Namespace) -> int:
    from pipeline.cli import impact_report as report
    from pipeline.commands import impact

    found = impact.measure(project_of(arguments), arguments.base)
    if arguments.format == "json":
        print(report.data(found))
    elif arguments.format == "markdown":
        for line in report.markdown(found):
            print(line)
    else:
        out = console()
        for part in report.text(found):
            out.print(part)
        if found.empty and arguments.base is None:
            print("To compare with a commit: lockstep impact --base HEAD")
    return 0


def do_decide(arguments: argparse.Namespace) -> int:
    from pipeline.commands import decide

    meaning = decide.UNCHANGED if arguments.meaning_unchanged else decide.RAISED
    by = (arguments.by, arguments.second)
    lines = decide.decide(project_of(arguments), arguments.target, meaning, by, arguments.reason)
    for edit in lines:
        print(f"{edit.page}#{edit.block}: now {edit.severity} ({'; '.join(edit.reasons)})")
    print(f"{len(lines)} decision{'s' * (len(lines) != 1)} written to locale/edits.jsonl. Next: lockstep update")
    return 0


def do_accept(arguments: argparse.Namespace) -> int:
    from pipeline.commands import accept

    path, silenced = accept.accept(
        project_of(arguments), arguments.target, arguments.check, arguments.by, arguments.reason
    )
    for finding in silenced:
        print(f"accepted: {finding.text}")
    print(f"Written to {path}. It holds until the English or the translation changes.")
    return 0


def do_review(arguments: argparse.Namespace) -> int:
    from pipeline.cli import reviews_report as reviews
    from pipeline.cli import text
    from pipeline.commands import review

    locale, targets = arguments.locale, arguments.targets
    if locale == "verify":
        return do_verify(arguments)
    project = project_of(arguments)
    if arguments.export:
        known = project.settings.by_name.get(locale)
        rows = [row for row in review.rows(project, locale) if not targets or wanted(row.page, row.block, targets)]
        if arguments.export == "csv" or known is None:
            sys.stdout.write(reviews.as_csv(rows))
        else:
            sys.stdout.write(reviews.as_html(rows, known, project.settings.project, project.clock.day))
        return 0
    if arguments.list:
        found = [one for target in targets or [""] for one in review.texts(project, locale, target)]
        for line in text.reviews_list(found):
            console().print(line)
        return 0
    if not targets:
        raise LockstepError("nothing to sign for", todo=f"Name a page: lockstep review {locale} pain-pump --as reviser")
    if arguments.void:
        lines = review.void(project, locale, targets, arguments.role, arguments.by, arguments.note)
        print(f"{len(lines)} line{'s' * (len(lines) != 1)} written to locale/{locale}/reviews.jsonl.")
        return 0
    if not arguments.role:
        raise LockstepError("a signature has a role", todo="Give --as translator, --as reviser or --as clinician.")
    signing = review.Signing(
        arguments.role,
        arguments.by,
        arguments.qualification,
        arguments.origin,
        arguments.note,
        arguments.back_translation,
    )
    lines, skipped = review.sign(project, locale, targets, signing)
    for one in skipped:
        why = "not translated" if one.pair is None else str(one.shown.state)
        print(f"{one.place.path}#{one.place.block}: not signed ({why})")
    print(f"{len(lines)} text{'s' * (len(lines) != 1)} signed in locale/{locale}/reviews.jsonl.")
    if lines and lines[0].role == "reviser" and not lines[0].qualification:
        print(
            "No qualification is stated, so readers of machine translations are still told that no qualified translator\n"
            "has reviewed them (45 CFR 92.201(c)(3)). Sign again with --qualification; it is remembered for this language."
        )
    return 0 if lines else 1


def wanted(page: str, block: str, targets: Sequence[str]) -> bool:
    """Whether a row is about one of the pages or blocks named."""
    names = {page, page.removeprefix("source/"), page.removeprefix("source/").removesuffix(".md")}
    return any(
        target.partition("#")[0] in names and target.partition("#")[2] in {"", block, block.rpartition(".")[0]}
        for target in targets
    )


def do_verify(arguments: argparse.Namespace) -> int:
    from pipeline.commands import review

    found, counts = review.verify(project_of(arguments))
    show(console(), found)
    for locale, (valid, ended) in counts.items():
        print(f"{locale}: {valid} signature{'s' * (valid != 1)} hold, {ended} ended")
    return int(any(finding.level == 2 for finding in found))


def do_recall(arguments: argparse.Namespace) -> int:
    from pipeline.commands import recall

    project = project_of(arguments)
    by = arguments.by or ("" if arguments.approve else somebody(project.root))
    found = recall.recall(
        project,
        arguments.target,
        (by, arguments.second),
        arguments.reason,
        stub=arguments.stub,
        approve=arguments.approve,
    )
    for line in found.lines:
        print(f"{line.page}#{line.block}: {line.how} ({line.message})")
    for place in found.inside:
        print(f"{place.path}#{place.block}: holds these words too and is not recalled. See whether it has to be.")
    for place in found.anchors:
        print(
            f"{place.path}#{place.block}: the address of this section is made from its words and stays as it is. Edit the heading."
        )
    print("Written to locale/recalls.jsonl. Next: lockstep build")
    return 0


def somebody(root: Path) -> str:
    """Who runs this, as git knows them, else as the machine does: a recall does not wait for a name."""
    import getpass
    import subprocess

    with suppress(OSError):
        asked = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, text=True, check=False)
        if asked.stdout.strip():
            return asked.stdout.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def do_policy(arguments: argparse.Namespace) -> int:
    from pipeline.cli import policy_table

    project = project_of(arguments)
    names = [locale.name for locale in project.settings.locales]
    console().print(policy_table.table(project.settings.policy, names, project.content.classes.values()))
    return 0


def do_audit(arguments: argparse.Namespace) -> int:
    import json

    from pipeline.commands import audit

    with progress(arguments.format != "text") as report:
        project = project_of(arguments, report)
        found = audit.audit(arguments.dist or project.root / "dist", report)
        if arguments.dist is None:
            found += audit.against(project, project.root / "dist")
    if arguments.format == "json":
        print(json.dumps([{"page": one.page, "what": one.what} for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{one.page}: {one.what}")
        counted = audit.counted(arguments.dist or project.root / "dist")
        wrong = f"{len(found)} difference{'s' * (len(found) != 1)}"
        print(f"Audited {counted}: {wrong if found else 'every page says what is so'}.")
    return int(bool(found))


def do_init(arguments: argparse.Namespace) -> int:
    from pipeline.commands import init as starter
    from pipeline.core import clock

    names = [name.strip() for name in arguments.locales.split(",") if name.strip()]
    made = starter.lay_out(arguments.dir, names, clock.read())
    for path in made:
        print(f"{arguments.dir / path}: written")
    print(f"Next: lockstep update --root {arguments.dir} && lockstep build --root {arguments.dir}")
    return 0
