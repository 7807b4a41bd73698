"""What is to be deleted by now of clients, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.project.clients.folder import Listed, listed_clients, shown_path


def about_overdue(project: Path, library: Library) -> list[str]:
    """How much is to be deleted by now, without a name: what a publication says is kept in logs that others read."""
    found = list(listed_clients(project, library))
    due = sum(one.is_overdue + len(one.earlier) for one in found)
    unread = sum(len(one.earlier_unread) for one in found)
    lines = []
    if due:
        many = "1 client's plan is" if due == 1 else f"{due} clients' plans are"
        lines.append(f"{many} to be deleted: kinopress plan list says whose.")
    if unread:
        many = "1 earlier plan" if unread == 1 else f"{unread} earlier plans"
        lines.append(
            f"The day to delete {many} of clients cannot be read: kinopress plan list names {'it' if unread == 1 else 'them'}."
        )
    return lines


def earlier_in_words(one: Listed) -> str:
    """What is to be said of a client's earlier plans whose day has come; empty where there is none."""
    if not one.earlier:
        return ""
    number = len(one.earlier)
    many = "1 earlier plan was" if number == 1 else f"{number} earlier plans were"
    since = min(day for plan in one.earlier if (day := plan.delete_on) is not None)
    later = "" if number == 1 else " and later"
    return f"{many} to be deleted on {since}{later}: kinopress plan forget {one.name} --earlier"


def unread_in_words(project: Path, one: Listed) -> Iterator[str]:
    """What is to be said of a client's earlier plans whose day cannot be read."""
    for plan in one.earlier_unread:
        yield f"the day on which an earlier plan is to be deleted cannot be read: {shown_path(project, plan.file)}"
