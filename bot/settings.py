"""What .env may say."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting: its name, a word for the kind, and what was expected or written."""

    name: str
    kind: str
    detail: str = ""


class WrongSetting(Exception):
    """Settings cannot be used; `bot.__main__` says each problem in one sentence."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{problem.name}: {problem.kind}" for problem in problems))
        self.problems = problems


class Settings(BaseSettings):
    """The settings of one installation; `.env.example` explains each in one line."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str = "sqlite:///hocvuso.sqlite3"
    channels: Annotated[
        tuple[Literal["web", "telegram", "zalo_bot", "zalo_oa", "console"], ...], NoDecode, Field(min_length=1)
    ] = ("web",)
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    media_dir: Path = Path("media")
    report_template: Path | None = None
    demo: bool = True
    timezone: str = "Asia/Ho_Chi_Minh"
    locale: Literal["vi", "en"] = "vi"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    push_services: Annotated[tuple[str, ...], NoDecode] = (
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com",
    )
    telegram_library: Literal["python-telegram-bot", "aiogram"] = "python-telegram-bot"
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_updates: Literal["polling", "webhook"] = "polling"
    telegram_proxy: SecretStr = SecretStr("")
    zalo_bot_updates: Literal["webhook", "polling"] = "webhook"
    zalo_bot_monthly: int = Field(default=3000, ge=1)
    zalo_bot_counts_received: bool = True
    zalo_bot_stopped_codes: Annotated[tuple[int, ...], NoDecode] = ()
    zalo_bot_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_oa_app_id: str = ""
    zalo_oa_app_secret: SecretStr = SecretStr("")
    zalo_oa_hook_secret: SecretStr = SecretStr("")
    zalo_oa_paid: bool = False
    zalo_oa_stopped_codes: Annotated[tuple[int, ...], NoDecode] = (-213,)
    zalo_oa_api_url: str = "https://openapi.zalo.me"
    zalo_oa_oauth_url: str = "https://oauth.zaloapp.com"

    @field_validator("channels", "push_services", "zalo_bot_stopped_codes", "zalo_oa_stopped_codes", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @field_validator("report_template", mode="before")
    @classmethod
    def _none_when_empty(cls, value: object) -> object:
        return value or None

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        if not value.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://", "postgres://")):
            raise PydanticCustomError("not_a_database", "sqlite:///, postgresql://")
        return value.replace("postgres://", "postgresql://", 1)

    @field_validator("public_url", "telegram_api_url", "zalo_bot_api_url", "zalo_oa_api_url", "zalo_oa_oauth_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise PydanticCustomError("not_an_address", "http://, https://")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise PydanticCustomError("not_a_zone", "Asia/Ho_Chi_Minh") from error
        return value

    @model_validator(mode="after")
    def _telegram_has_a_token(self) -> "Settings":
        token = self.telegram_token.get_secret_value()
        if "telegram" in self.channels and not token:
            raise PydanticCustomError("token_missing", "")
        if token and not re.fullmatch(r"\d+:\S+", token):
            raise PydanticCustomError("not_a_token", "")
        return self

    @field_validator("telegram_proxy")
    @classmethod
    def _is_a_proxy(cls, value: SecretStr) -> SecretStr:
        if value and not value.get_secret_value().startswith(("http://", "https://", "socks5://")):
            raise PydanticCustomError("not_a_proxy", "http://, socks5://")
        return value

    @model_validator(mode="after")
    def _telegram_reaches_us(self) -> "Settings":
        if "telegram" not in self.channels or self.telegram_updates == "polling":
            return self
        if "web" not in self.channels:
            raise PydanticCustomError("web_missing", "")
        if not self.public_url.startswith("https://"):
            raise PydanticCustomError("not_public", "")
        return self

    @model_validator(mode="after")
    def _zalo_reaches_us(self) -> "Settings":
        oa = "zalo_oa" in self.channels
        if not oa and "zalo_bot" not in self.channels:
            return self
        if "web" not in self.channels:
            raise PydanticCustomError("web_missing", "")
        if oa and not (self.zalo_oa_app_id and self.zalo_oa_app_secret and self.zalo_oa_hook_secret):
            raise PydanticCustomError("oa_missing", "")
        if (oa or self.zalo_bot_updates == "webhook") and not self.public_url.startswith("https://"):
            raise PydanticCustomError("not_public", "")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone in which a day is a day."""
        return ZoneInfo(self.timezone)

    @property
    def address(self) -> str:
        """Where people open the web chat."""
        return self.public_url or f"http://{'127.0.0.1' if self.host in ('0.0.0.0', '::') else self.host}:{self.port}"


def load(**overrides: object) -> Settings:
    """The settings of this place; wrong ones raise WrongSetting."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # checked by pydantic itself
    except ValidationError as error:
        problems = [_problem(found) for found in error.errors()]
        # One sentence a setting: what follows from its first fault is no news.
        raise WrongSetting(list({problem.name: problem for problem in reversed(problems)}.values())[::-1]) from None


def _problem(found: ErrorDetails) -> Problem:
    """A validation error as a fact; a token is never repeated."""
    about = {"web_missing": "CHANNELS", "not_public": "PUBLIC_URL", "oa_missing": "ZALO_OA_APP_ID"}.get(
        found["type"], "TELEGRAM_TOKEN"
    )
    name = str(found["loc"][0]).upper() if found["loc"] else about
    if found["type"] == "literal_error":
        return Problem(name, "literal_error", str(found["ctx"]["expected"]).replace(" or ", ", "))
    ours = found["type"] in ("not_a_database", "not_an_address", "not_a_proxy", "not_a_zone")
    return Problem(name, found["type"], found["msg"] if ours else "")
