"""A small proxy on loopback that lets everything through: HTTP (also CONNECT) and SOCKS5 with a password."""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

NAME, PASSWORD = "hocvuso", "proxy-secret"


class Proxy:
    """https://www.rfc-editor.org/rfc/rfc9110#name-connect, rfc1928 and rfc1929."""

    def __init__(self, scheme: str) -> None:
        self.passed = 0
        self._scheme = scheme

    async def __aenter__(self) -> "Proxy":
        serve = self._http if self._scheme == "http" else self._socks
        self._server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"{self._scheme}://{NAME}:{PASSWORD}@127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            assert b"proxy-authorization: basic " in head.lower()
            method, target, rest = head.split(b" ", 2)
            if method == b"CONNECT":
                host, _colon, port = target.decode().rpartition(":")
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                first = b""
            else:
                address = urlsplit(target.decode())
                host, port = str(address.hostname), str(address.port)
                first = b" ".join((method, address.path.encode(), rest))
            await self._pass(reader, writer, host, int(port), first)

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            _version, ways = await reader.readexactly(2)
            assert 2 in await reader.readexactly(ways), "name and password"
            writer.write(b"\x05\x02")
            given = []
            await reader.readexactly(1)
            for _ in (NAME, PASSWORD):
                (length,) = await reader.readexactly(1)
                given.append((await reader.readexactly(length)).decode())
            assert given == [NAME, PASSWORD]
            writer.write(b"\x01\x00")
            _version, _connect, _zero, kind = await reader.readexactly(4)
            if kind == 1:
                host = ".".join(map(str, await reader.readexactly(4)))
            else:
                (length,) = await reader.readexactly(1)
                host = (await reader.readexactly(length)).decode()
            port = int.from_bytes(await reader.readexactly(2), "big")
            writer.write(b"\x05\x00\x00\x01" + bytes(6))
            await self._pass(reader, writer, host, port, b"")

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, first: bytes
    ) -> None:
        self.passed += 1
        there, onward = await asyncio.open_connection(host, port)
        onward.write(first)
        await asyncio.gather(_copy(reader, onward), _copy(there, writer))


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await source.read(65536):
            target.write(some)
            await target.drain()
    target.close()
