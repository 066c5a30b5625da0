"""Where things lie and how the program behaves: read once, at the door, and passed down."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

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
        SQLAlchemy URL; empty means a SQLite file in the user's data directory.
    cache
        Folder of what can be made again: the compiled gazetteer.
    host, port
        Where the dashboard listens; only this machine by default.
    tiles
        URL template of an online base map (`https://…/{z}/{x}/{y}.png`); empty, the default, asks nobody.
    nominatim
        Domain of a Nominatim service asked about names that the gazetteer lacks; empty, the default, asks
        nobody.
    """

    model_config = SettingsConfigDict(env_prefix="KHARITA_", frozen=True)

    store: str = ""
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir("kharita", appauthor=False)))
    user_data: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("kharita", appauthor=False))
    )
    host: str = "127.0.0.1"
    port: int = 8501
    tiles: str = ""
    tiles_attribution: str = ""
    nominatim: str = ""

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.store or f"sqlite:///{(self.user_data / 'kharita.sqlite').as_posix()}"
