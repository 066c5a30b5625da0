"""Where things lie and how the program behaves: read once, at the door, and passed down."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboard.core.access import Access
from dashboard.core.collections import MAIN, Collections
from dashboard.core.hosts import ANY_HOST, is_loopback, split_authority

__all__ = ["Settings", "data_path"]


def data_path() -> Path:
    """Return the folder of the project's own data: in the wheel `dashboard/_data`, in a checkout `data`."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent / "data"


class Settings(BaseSettings):
    """Settings, each of which an environment variable `KHARITA_…` can set.

    Attributes
    ----------
    store
        SQLAlchemy URL; empty means that of `collection`. With a store named so, no other one is opened.
    collection
        Id or name of the collection that is opened where nothing names another; empty for the main one.
    cache
        Folder of what can be made again: the compiled gazetteer.
    host, port
        Where the dashboard listens; only this machine by default.
    insecure
        Whether it may listen where others reach it, although there is no log-in.
    login
        Whether everybody must log in; `login_file` names the provider, `access` who may do what.
    login_file
        TOML file with a part `[auth]`, as Streamlit reads it; empty for `login.toml` in the user's data directory.
    base_path
        Prefix of every address (`/maps`) where a server in front has other things beside; empty for none.
    log
        How the server writes its log: `text`, or `json` for one JSON line each.
    allow_host
        Names and addresses under which others reach it, joined by commas.
    trusted_proxies
        Addresses and networks, joined by commas, whose word on who asks and how (`X-Forwarded-For`, `-Proto`,
        `-Host`, `-Prefix`) counts.
    tiles
        URL template of an online base map (`https://…/{z}/{x}/{y}.png`); empty, the default, asks nobody.
    basemap
        PMTiles file with a base map of one's own, drawn without a network; empty for none.
    nominatim
        Domain of a Nominatim service asked about names that the gazetteer lacks; empty, the default, asks
        nobody.
    contact
        A mail address or page of yours, told to the sites whose pages and feeds you ask for; empty tells none.
    """

    model_config = SettingsConfigDict(env_prefix="KHARITA_", env_ignore_empty=True, frozen=True)

    store: str = ""
    collection: str = ""
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir("kharita", appauthor=False)))
    user_data: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("kharita", appauthor=False))
    )
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535)
    insecure: bool = False
    login: bool = False
    login_file: str = ""
    base_path: str = ""
    log: Literal["text", "json"] = "text"
    allow_host: str = ""
    trusted_proxies: str = "127.0.0.1,::1"
    tiles: str = ""
    tiles_attribution: str = ""
    basemap: str = ""
    nominatim: str = ""
    contact: str = ""

    @field_validator("host")
    @classmethod
    def _named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError(
                "empty would mean every address of this machine; leave it out for this machine only"
            )
        return value.strip()

    @field_validator("allow_host")
    @classmethod
    def _names(cls, value: str) -> str:
        if bad := [item for item in _items(value) if not split_authority(item)]:
            raise ValueError(f"{bad[0]!r} is no name of a machine; give one like maps.newsroom.example")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for item in filter(None, (part.strip() for part in value.split(","))):
            try:
                network = ipaddress.ip_network(item, strict=False)
            except ValueError:
                raise ValueError(f"{item!r} is no address; give one like 10.0.0.2, or a network") from None
            if not network.prefixlen:
                raise ValueError(f"{item!r} would trust everybody; name the server that stands in front")
        return ",".join(filter(None, (part.strip() for part in value.split(","))))

    @field_validator("base_path")
    @classmethod
    def _prefix(cls, value: str) -> str:
        parts = [part for part in value.strip().split("/") if part]
        if bad := [part for part in parts if not re.fullmatch(r"[\w~-][\w.~-]*", part, re.ASCII)]:
            raise ValueError(f"{bad[0]!r} can't stand in a path; give one like /maps")
        return "".join(f"/{part}" for part in parts)

    @field_validator("contact")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if not re.fullmatch(r"[\x21-\x27\x2a-\x7e]{0,200}", value.strip()):
            raise ValueError(
                "it is told as one word; give a mail address, or a page that begins with https://"
            )
        return value.strip()

    @property
    def open_to_others(self) -> bool:
        """Whether other machines may reach the dashboard."""
        return not is_loopback(self.host)

    @property
    def shared(self) -> bool:
        """Whether others than the one at this machine may be at work."""
        return self.login or self.open_to_others

    @property
    def login_path(self) -> Path:
        """Where the provider of the log-in is named."""
        return Path(self.login_file) if self.login_file else self.user_data / "login.toml"

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The hosts, beside the loopback's names, under which the dashboard answers."""
        named = [*_items(self.allow_host), *([] if self.host in ANY_HOST else [self.host])]
        found = (split_authority(_bracketed(item)) for item in named)
        return frozenset(host[0] for host in found if host and not is_loopback(host[0]))

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL in force.

        Raises
        ------
        CollectionError
            There is no such collection.
        """
        if self.store:
            return self.store
        kept = self.collections
        return kept.main_url if self.collection in ("", MAIN) else kept.find(self.collection).url

    @property
    def begins_empty(self) -> bool:
        """Whether an empty store gets no sample articles: whoever begins another collection fills it alone."""
        return not self.store and self.collection not in ("", MAIN)

    @property
    def collections(self) -> Collections:
        """The user's collections."""
        return Collections(self.user_data)

    @property
    def access(self) -> Access:
        """Who may do what, where others reach the dashboard."""
        return Access(self.user_data)


def _items(value: str) -> list[str]:
    return [_bracketed(item.strip()) for item in value.split(",") if item.strip()]


def _bracketed(host: str) -> str:
    """Return an IPv6 address as it stands in an address of the web."""
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
