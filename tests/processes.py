"""Processes that tests may kill: copies of one that has read the program once."""

from multiprocessing import get_context

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.db.test_crash", "tests.bot.test_senders", "bot.channels.telegram_ptb"])
