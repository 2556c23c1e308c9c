"""What .env may say."""

import re
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CHANNELS = ("web", "telegram", "console")


class WrongSetting(Exception):
    """A setting cannot be used; the message is one sentence for the person who wrote it."""


class Settings(BaseSettings):
    """The settings of one installation; `.env.example` explains each in one line."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str = "sqlite:///hocvuso.sqlite3"
    channels: Annotated[tuple[Literal["web", "telegram", "console"], ...], NoDecode, Field(min_length=1)] = ("web",)
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    demo: bool = True
    timezone: str = "Asia/Ho_Chi_Minh"
    locale: Literal["vi", "en"] = "vi"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    telegram_library: Literal["python-telegram-bot", "aiogram"] = "python-telegram-bot"
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"

    @field_validator("channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        if not value.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://", "postgres://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value.replace("postgres://", "postgresql://", 1)

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a known time zone, write for example Asia/Ho_Chi_Minh") from error
        return value

    @model_validator(mode="after")
    def _telegram_has_a_token(self) -> "Settings":
        token = self.telegram_token.get_secret_value()
        if "telegram" in self.channels and not token:
            raise ValueError("TELEGRAM_TOKEN is missing, but CHANNELS names telegram")
        if token and not re.fullmatch(r"\d+:\S+", token):
            raise ValueError("TELEGRAM_TOKEN is a number, a colon and a secret: copy it from @BotFather")
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
    """The settings of this place; a wrong one raises WrongSetting with one clear sentence."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # checked by pydantic itself
    except ValidationError as error:
        raise WrongSetting(" ".join(_sentence(problem) for problem in error.errors())) from None


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)
    said = str(problem["msg"]).removeprefix("Value error, ").rstrip(".")
    if not problem["loc"]:
        return f"{said}."
    name = str(problem["loc"][0]).upper()
    shown = "" if "TOKEN" in name else f" (now {problem['input']!r})"
    return f"{name}: {said[0].lower()}{said[1:]}{shown}."
