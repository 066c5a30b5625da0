"""What the page *Add articles* shows: files that were looked at, work at hand, and the report afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.ingest import Outcome
from dashboard.render.markup import bdi, element, join, line
from dashboard.render.panel.progress import progress_bar
from dashboard.render.panel.told import told_reasons, told_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.ingest import FileReport
    from dashboard.ingest.jobs import JobReport, JobState
    from dashboard.intake.columns import TableView
    from dashboard.intake.looking import Looked
    from dashboard.words import Strings

__all__ = ["job_bar", "job_report", "looked_file", "looked_list", "table_head"]

MOST_LINES = 200  # of a report that are shown; the table has all
_MINUTE_S = 90
_CELL = 160  # code points of a cell
_ORDER = (
    Outcome.FAILED,
    Outcome.PARTLY,
    Outcome.LEFT,
    Outcome.IGNORED,
    Outcome.COPY,
    Outcome.READ,
    Outcome.KNOWN,
)


def looked_list(found: Sequence[Looked], words: Strings) -> Markup:
    """Return the files that were looked at, one under the other."""
    return join([looked_file(one, words) for one in found])


def looked_file(one: Looked, words: Strings) -> Markup:
    """Return what one file holds, and what is wrong with it."""
    kind = words(f"format_{one.kind or 'none'}")
    head = join([bdi(one.name, class_="kh-looked-name"), element("small", kind)], " ")
    facts = [bdi(fact) for fact in _facts(one, words)]
    parts = [element("p", head), element("p", join(facts, " · "), class_="kh-looked-facts") if facts else ""]
    if one.titles:
        parts.append(
            element("p", join([bdi(title) for title in one.titles], " · "), class_="kh-looked-titles")
        )
    if one.notes:
        parts.append(element("p", told_reasons(one.notes, words), class_="kh-looked-titles"))
    parts += [
        _failure(failure.path, failure.reason, failure.step, one.name, words) for failure in one.failures[:3]
    ]
    good = "kh-looked-good" if one.articles else "kh-looked-bad"
    return element("article", join(parts), class_=f"kh-looked {good}")


def _facts(one: Looked, words: Strings) -> list[str]:
    count = words("articles", n=one.articles)
    facts = [words("add_more", n=count) if one.more else count] if one.articles or not one.failures else []
    if one.first and one.last:
        first, last = words.day(one.first), words.day(one.last)
        facts.append(first if first == last else words("add_days", first=first, last=last))
    facts += [words(f"dated_by_{origin.value}") for origin, _ in one.origins.most_common(2)]
    if one.undated:
        facts.append(words("add_undated", n=one.undated))
    if one.suspect:
        facts.append(words("add_suspect", n=one.suspect))
    facts += [source for source, _ in one.sources.most_common(2)]
    if len(one.failures) > 1:
        facts.append(words("add_not_read", n=len(one.failures)))
    return facts


def _failure(path: str, reason: str, step: str, name: str, words: Strings) -> Markup:
    inner = bdi(path.removeprefix(name).lstrip(" ›")) if path not in ("", name) else ""
    told = join([inner, told_reasons([reason], words), told_steps([step] if step else [], words)], " ")
    return element("p", told, class_="kh-looked-note")


def table_head(table: TableView, words: Strings) -> Markup:
    """Return the headings of a table and its first rows; what a column is read as stands over its heading."""
    fields = {heading: field for field, heading in table.mapping.columns().items()}
    said = [
        element("th", words(f"field_{fields[heading]}") if heading in fields else "", class_="kh-is")
        for heading in table.header
    ]
    names = [element("th", bdi(heading or "–")) for heading in table.header]
    rows = [
        element("tr", join([element("td", bdi(value[:_CELL])) for value in row[: len(table.header)]]))
        for row in table.rows
    ]
    head = element("thead", join([element("tr", join(said)), element("tr", join(names))]))
    body = element("table", join([head, element("tbody", join(rows))]), dir="auto")
    return element(
        "div", body, class_="kh-table-head", tabindex="0", role="region", aria_label=words("add_title")
    )


def job_bar(state: JobState, words: Strings, *, stopping: bool = False) -> Markup:
    """Return how far work is: what it does, the share that is done, how fast, how long still."""
    what = "job_samples" if state.samples and state.phase == "storing" else f"job_{state.phase}"
    said = words("job_stopping") if stopping else words(what)
    bar = progress_bar(said, state.done, state.total)
    facts = element("p", join([bdi(fact) for fact in _speed(state, words)], " · "), class_="kh-quiet")
    return element("section", join([element("strong", said), bar, facts]), class_="kh-job")


def _speed(state: JobState, words: Strings) -> list[str]:
    facts = []
    if state.total:
        facts.append(words("job_of", done=words.number(state.done), total=words.number(state.total)))
    elif state.done:
        facts.append(words.number(state.done))
    if state.rate and state.phase == "storing":
        facts.append(words("job_rate", n=words.number(max(1, round(state.rate)))))
    if state.left_s is not None:
        minutes = state.left_s > _MINUTE_S
        left = round(state.left_s / 60) if minutes else max(1, round(state.left_s))
        facts.append(words("job_left_m", n=left) if minutes else words("job_left_s", n=left))
    return facts


def job_report(report: JobReport, words: Strings) -> Markup:
    """Return what became of the files: the total, then a line each, those that need something first."""
    if report.stopped:
        title = "job_stopped_title"
    else:
        title = "job_partly_title" if report.failed or report.of(Outcome.LEFT) else "job_done_title"
    totals = [words("job_added", n=report.added)]
    for key, count in (
        ("job_copies", report.copies),
        ("job_known", report.known),
        ("job_failed_files", len(report.failed)),
        ("job_ignored_files", len(report.of(Outcome.IGNORED))),
    ):
        if count:
            totals.append(words(key, n=count))
    files = sorted(report.files, key=lambda file: _ORDER.index(file.outcome))
    rows = [_line(file, words) for file in files[:MOST_LINES]]
    parts = [
        element("strong", words(title)),
        element("p", join([bdi(total) for total in totals], " · ")),
        element("ol", join(rows), class_="kh-report", aria_label=words("job_files")),
    ]
    if len(files) > MOST_LINES:
        parts.append(element("p", words("job_files_more", n=len(files) - MOST_LINES), class_="kh-quiet"))
    return element("section", join(parts), class_="kh-job", role="status")


def _line(file: FileReport, words: Strings) -> Markup:
    outcome = element(
        "b", words(f"outcome_{file.outcome.value}"), class_=f"kh-outcome kh-outcome-{file.outcome.value}"
    )
    good = file.articles + file.known
    count = element("small", words("articles", n=good)) if good else ""
    told = join([told_reasons(file.reasons, words), told_steps(file.steps, words)], " ")
    wrong = "kh-report-why kh-wrong-why" if file.failed or file.left else "kh-report-why"
    said = element("span", told, class_=wrong) if file.reasons or file.steps else Markup("")
    name = element("bdi", line(file.path), dir="auto", class_="kh-looked-name")
    return element("li", join([outcome, name, count, said], " "))
