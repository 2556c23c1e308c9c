"""python -m bot …: everything that is done from the shell."""

import asyncio
import json
import logging
import sys
from datetime import datetime
from typing import Annotated, NoReturn

import typer

from bot.settings import Settings, WrongSetting, load

shell = typer.Typer(
    help="Học Vụ Số: the chatbot of the digital-literacy movement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@shell.command()
def run() -> None:
    """Bring the database up to date and serve every channel of CHANNELS."""
    settings = _settings()
    _log(settings)
    _migrate(settings)
    from bot import demo
    from bot.app import App
    from db.database import Database

    database = Database(settings.database_url)
    app = App(database, settings)
    lines = demo.links(database, settings, app.now()) if settings.demo else []
    _serve(app, [f"Học Vụ Số: {settings.address}", *lines])


@shell.command()
def migrate(to: Annotated[str, typer.Option(help="A revision, “head” or “base”.")] = "head") -> None:
    """Bring the database to the shape this version needs."""
    _migrate(_settings(), to)
    typer.echo("Cơ sở dữ liệu đã sẵn sàng. (The database is ready.)")


@shell.command()
def demo() -> None:
    """Load the demo school into an empty database and print its links."""
    settings = _settings()
    _migrate(settings)
    from bot import demo as school
    from db.database import Database

    database = Database(settings.database_url)
    lines = school.links(database, settings, datetime.now(settings.zone))  # noqa: TID251 - the shell reads the clock
    if not lines:
        _fail("The database is not empty, so no demo school was loaded.")
    typer.echo("\n".join(lines))


@shell.command()
def add_class(
    ward: Annotated[str, typer.Option(help="The ward's name.")],
    school: Annotated[str, typer.Option(help="The school's name.")],
    name: Annotated[str, typer.Option(help="The class's name, e.g. 7A.")],
    size: Annotated[int, typer.Option(min=1, max=100, help="How many pupils the class list holds.")],
    goal: Annotated[int | None, typer.Option(min=1, help="How many of them shall have helped somebody.")] = None,
) -> None:
    """Set up a class (its school and ward too) and print the codes with which its people join."""
    settings = _settings()
    _migrate(settings)
    from bot import setup
    from db.database import Database

    with Database(settings.database_url).transaction() as store:
        typer.echo("\n".join(setup.add_class(store, ward, school, name, size, goal, settings.address)))


@shell.command()
def check_content() -> None:
    """Check every content file, and print all that is wrong in plain Vietnamese."""
    import content.check

    problems = content.check.everything()
    for problem in problems:
        typer.echo(problem)
    if problems:
        _fail(f"{len(problems)} chỗ cần sửa.")
    typer.echo("Nội dung đều đúng. (All content files are fine.)")


@shell.command()
def summary(
    class_code: Annotated[str, typer.Option("--class", help="The class's code, e.g. 7A-HOAMAI.")],
    week: Annotated[str, typer.Option(help="An ISO week, e.g. 2026-W47.")],
    language: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Print the weekly summary of a class, exactly as its teacher reads it."""
    settings = _settings()
    from bot.texts import manner_for, speaking
    from db.database import Database
    from handlers.reports import weekly

    try:
        span = weekly.week_named(week)
    except ValueError:
        _fail(f"There is no week {week!r}: write it like 2026-W47.")
    with Database(settings.database_url).transaction() as store:
        unit = store.unit_by_code(class_code)
        if unit is None or unit.kind != "class":
            _fail(f"There is no class with the code {class_code!r}.")
        with speaking(manner_for(language, "cô", "teacher")):
            typer.echo(weekly.text(weekly.rows(store, unit, span)))


@shell.command()
def parse(
    at: Annotated[str, typer.Option(help="The moment the lines were written, e.g. 2026-11-25T19:30:00+07:00.")] = "",
) -> None:
    """Read lines from standard input and print one JSON object a line: what the log parser understood."""
    from handlers.reading import reader

    moment = _moment(at)
    for line in sys.stdin:
        reading = reader().read(line.rstrip("\n"), moment)
        typer.echo(
            json.dumps(
                {
                    "is_log": reading.is_log,
                    "relatives": reading.relatives,
                    "skills": reading.skills,
                    "minutes": reading.minutes,
                    "date_offset_days": reading.date_offset_days,
                    "outcome": reading.outcome,
                    "masked_text": reading.masked_text,
                },
                ensure_ascii=False,
            )
        )


@shell.command()
def console(join: Annotated[str, typer.Option(help="A code to join with.")] = "") -> None:
    """The same conversation in this terminal."""
    settings = _settings()
    logging.basicConfig(level=logging.ERROR)
    _migrate(settings)
    from bot.app import App
    from bot.channels.console import Console
    from db.database import Database

    app = App(Database(settings.database_url), settings)

    async def talk() -> None:
        here = Console(app)
        delivery = asyncio.ensure_future(app.delivery({"console": here}).run())
        await here.run(join)
        delivery.cancel()

    asyncio.run(talk())


def _settings() -> Settings:
    try:
        return load()
    except WrongSetting as wrong:
        _fail(f"A setting is wrong. {wrong}")


def _migrate(settings: Settings, to: str = "head") -> None:
    from sqlalchemy.exc import OperationalError

    from db import migrate as migrations
    from db.database import Database

    database = Database(settings.database_url)
    try:
        migrations.to(database.engine, to)
    except OperationalError:
        _fail("DATABASE_URL: this database cannot be opened; check the name, the folder and the rights.")
    finally:
        database.close()


def _moment(at: str) -> datetime:
    if not at:
        return datetime.now(_settings().zone)  # noqa: TID251 - the shell reads the clock
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        _fail(f"--at: {at!r} is not a moment; write it like 2026-11-25T19:30:00+07:00.")
    return moment if moment.tzinfo else moment.replace(tzinfo=_settings().zone)


def _log(settings: Settings) -> None:
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("alembic", "apscheduler", "httpx", "httpcore", "aiogram", "telegram", "asyncio"):
        # These tell each tick or each address they call, and Telegram's address holds the token.
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _serve(app: object, lines: list[str]) -> None:
    from bot.app import App

    assert isinstance(app, App)
    try:
        asyncio.run(app.run(ready=lambda: typer.echo("\n".join(lines))))
    except* OSError as errors:
        _fail(f"HOST and PORT: the address cannot be used ({errors.exceptions[0]}).")
    except* KeyboardInterrupt:
        typer.echo("Tạm biệt!")


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    shell()
