"""Who may do what at a server that others reach: people by their addresses, and tokens for programs.

Both stand in one small file in the user's data directory, and not in a store: a server opens several stores, and a
store is copied, backed up and handed to others, to whom this belongs as little as a key to a map. Of a token only a
hash is kept. It is made of 256 random bits, so a plain SHA-256 can't be guessed back and needs no salt.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.errors import AccessError
from dashboard.core.links import clean_title
from dashboard.core.locking import locked
from dashboard.core.private import private_file, private_folder, write_privately

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Access", "Person", "Role", "Token", "plain_address"]

_MOST_LETTERS = 80  # code points of a token's name
_MOST_ADDRESS = 254  # code points, as mail has it
_ADDRESS = re.compile(r"[^@\s<>\"'(),;:\\]+@[^@\s<>\"'(),;:\\]+\Z")
_TOKEN = re.compile(r"kharita_([0-9a-f]{8})_([A-Za-z0-9_\-]{43})\Z")


class Role(StrEnum):
    """What somebody may do; each may do what those before it may.

    `READ` sees everything and takes it along, `CORRECT` also decides, edits, saves and adds, `ADMINISTER` also keeps
    collections and feeds and lets the server ask the internet.
    """

    READ = "read"
    CORRECT = "correct"
    ADMINISTER = "administer"

    def covers(self, wanted: Role) -> bool:
        """Tell whether this role may do what another may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(wanted)


@dataclass(frozen=True, slots=True)
class Token:
    """A key for a program.

    Attributes
    ----------
    id
        Eight hexadecimal digits, which begin the token itself, too.
    digest
        SHA-256 of the token, in hexadecimal digits; empty once it is revoked.
    made, revoked
        When, ISO 8601 in UTC; `revoked` is empty while it is good.
    """

    id: str
    name: str
    role: Role
    digest: str
    made: str
    revoked: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may log in, by the address that the provider of the log-in vouches for."""

    address: str
    role: Role
    added: str


@dataclass(frozen=True, slots=True)
class _Kept:
    tokens: tuple[Token, ...] = ()
    people: tuple[Person, ...] = ()


class Access:
    """Who may do what at one server.

    Parameters
    ----------
    folder
        The user's data directory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "access.json"

    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens, the revoked ones too, in the order in which they were made."""
        return self._load().tokens

    def people(self) -> tuple[Person, ...]:
        """Return all who may log in, by address."""
        return tuple(sorted(self._load().people, key=lambda one: one.address))

    def new_token(self, role: Role, name: str = "") -> tuple[Token, str]:
        """Make a token; return what is kept of it, and the token itself, which nobody can show again."""
        with self._changing() as kept:
            known = {one.id for one in kept.tokens}
            ident = next(made for made in iter(lambda: secrets.token_hex(4), "") if made not in known)
            text = f"kharita_{ident}_{secrets.token_urlsafe(32)}"
            made = Token(ident, clean_title(name)[:_MOST_LETTERS], role, _digest(text), _now())
            self._write(replace(kept, tokens=(*kept.tokens, made)))
        return made, text

    def revoke(self, ident: str) -> Token:
        """Make a token worthless.

        Parameters
        ----------
        ident
            Its id, or its name where only one has it.

        Raises
        ------
        AccessError
            No token in force is called so, or several are.
        """
        with self._changing() as kept:
            good = [one for one in kept.tokens if not one.revoked]
            found = [one for one in good if one.id == ident] or [one for one in good if one.name == ident]
            if len(found) != 1:
                raise AccessError(
                    f"{'Several tokens are' if found else 'No token in force is'} called "
                    f"{clean_title(ident)[:_MOST_LETTERS]!r}. `kharita token list` shows their ids."
                )
            gone = replace(found[0], digest="", revoked=_now())
            self._write(replace(kept, tokens=tuple(gone if one is found[0] else one for one in kept.tokens)))
        return gone

    def role_of_token(self, text: str) -> Role | None:
        """Return what a token lets its bearer do; None for one that is not, or no longer, in force."""
        if not _TOKEN.match(text):
            return None
        digest, role = _digest(text), None
        for one in self.tokens():
            if one.digest and hmac.compare_digest(one.digest, digest):
                role = one.role
        return role

    def add_person(self, address: str, role: Role) -> Person:
        """Let somebody log in, or give them another role.

        Raises
        ------
        AccessError
            The address is none, or it is that of the only one who may administer.
        """
        plain = _checked(address)
        with self._changing() as kept:
            others = tuple(one for one in kept.people if one.address != plain)
            before = next((one for one in kept.people if one.address == plain), None)
            if role is not Role.ADMINISTER:
                _leave_one(before, others)
            made = Person(plain, role, before.added if before else _now())
            self._write(replace(kept, people=(*others, made)))
        return made

    def remove_person(self, address: str) -> Person:
        """Take somebody off the list: from their next step on they are let in no more.

        Raises
        ------
        AccessError
            Nobody on the list has this address, or it is that of the only one who may administer.
        """
        plain = plain_address(address)
        with self._changing() as kept:
            found = next((one for one in kept.people if one.address == plain), None)
            if found is None:
                raise AccessError(f"Nobody with the address {address[:_MOST_ADDRESS]!r} is on the list.")
            others = tuple(one for one in kept.people if one is not found)
            _leave_one(found, others)
            self._write(replace(kept, people=others))
        return found

    def role_of(self, address: str) -> Role | None:
        """Return what somebody may do; None for who is not on the list."""
        plain = plain_address(address)
        return next((one.role for one in self._load().people if one.address == plain), None)

    @property
    def has_administrator(self) -> bool:
        """Whether anybody may administer."""
        return any(one.role is Role.ADMINISTER for one in self._load().people)

    def _load(self) -> _Kept:
        try:
            at = self._file.stat()
            return _read(self._file, (at.st_mtime_ns, at.st_size, at.st_ino))
        except FileNotFoundError:
            return _Kept()
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise AccessError(
                f"The file of people and tokens {str(self._file)!r} can't be read, so nobody is let in. Mend it, or "
                "move it away and name people and tokens anew."
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[_Kept]:
        """Hold the file while it is read and written."""
        try:
            private_folder(self._folder)
            lock = self._folder / "access.lock"
            private_file(lock)
            with locked(lock):
                yield self._load()
        except OSError as error:
            raise AccessError(
                f"The file of people and tokens {str(self._file)!r} can't be written: {error.strerror}."
            ) from error

    def _write(self, kept: _Kept) -> None:
        write_privately(self._file, json.dumps(asdict(kept), ensure_ascii=False, indent=1))


@lru_cache(maxsize=8)
def _read(file: Path, _stamp: tuple[int, int, int]) -> _Kept:
    """Read the file; every request asks, and it changes seldom."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    return _Kept(
        tuple(Token(**{**one, "role": Role(one["role"])}) for one in kept["tokens"]),
        tuple(Person(**{**one, "role": Role(one["role"])}) for one in kept["people"]),
    )


def plain_address(address: str) -> str:
    """Return an address as it is compared: small letters, no spaces around it."""
    return unicodedata.normalize("NFC", address).strip().casefold()


def _checked(address: str) -> str:
    plain = plain_address(address)
    if len(plain) > _MOST_ADDRESS or not _ADDRESS.match(plain):
        raise AccessError(
            f"{address[:_MOST_ADDRESS]!r} is no address of a person; give one like name@newsroom.example."
        )
    return plain


def _leave_one(person: Person | None, others: tuple[Person, ...]) -> None:
    """Refuse to take the role from the last who may administer."""
    is_last = person is not None and person.role is Role.ADMINISTER
    if is_last and not any(one.role is Role.ADMINISTER for one in others):
        raise AccessError(
            f"{person.address if person else ''} is the only one who may administer. Name another first: "
            "kharita people add ADDRESS --role administer"
        )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
