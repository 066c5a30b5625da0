"""`kharita token` and `kharita people`: who may do what at a server that others reach."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.cli.common import settings_with
from dashboard.cli.saying import say
from dashboard.core.access import Role  # noqa: TC001 - Typer reads the annotations

__all__ = ["people", "token"]

token = typer.Typer(
    help="Tokens with which programs ask a server that others reach.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@token.command("new")
def new_token(
    role: Annotated[Role, typer.Option(help="What its bearer may do.", show_default=False)],
    name: Annotated[str, typer.Option(help="What it is for.", show_default=False)] = "",
) -> None:
    """Make a token and print it: it is shown this once, and only a hash of it is kept."""
    made, text = settings_with().access.new_token(role, name)
    say(text)
    say(
        f"Keep it now: it can't be shown again. It may {role.value}; `kharita token revoke {made.id}` ends it. "
        f"Send it as: Authorization: Bearer {text[:16]}…",
        err=True,
    )


@token.command("list")
def list_tokens() -> None:
    """List the tokens: id, role, when each was made, name."""
    for one in settings_with().access.tokens():
        ended = f"  revoked {one.revoked[:10]}" if one.revoked else ""
        say(f"{one.id}  {one.role.value:10}  {one.made[:10]}  {one.name or '(no name)'}{ended}")


@token.command("revoke")
def revoke_token(
    ident: Annotated[str, typer.Argument(metavar="ID", help="Its id, or its name.", show_default=False)],
) -> None:
    """Make a token worthless, at once."""
    gone = settings_with().access.revoke(ident)
    say(f"The token {gone.id} ({gone.name or 'no name'}) lets nobody in any more")


people = typer.Typer(
    help="Who may log in at a server that others reach, and what they may do there.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_Address = Annotated[
    str, typer.Argument(help="As the provider of the log-in vouches for it.", show_default=False)
]


@people.command("add")
def add_person(
    address: _Address,
    role: Annotated[Role, typer.Option(help="What they may do.", show_default=False)],
) -> None:
    """Let somebody log in, or give them another role; it holds from their next step on."""
    made = settings_with().access.add_person(address, role)
    say(f"{made.address} may {made.role.value}")


@people.command("list")
def list_people() -> None:
    """List who may log in: role, since when, address."""
    for one in settings_with().access.people():
        say(f"{one.role.value:10}  {one.added[:10]}  {one.address}")


@people.command("remove")
def remove_person(address: _Address) -> None:
    """Take somebody off the list; from their next step on they are let in no more."""
    gone = settings_with().access.remove_person(address)
    say(f"{gone.address} is let in no more")
