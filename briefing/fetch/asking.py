"""One source's questions: each address with what is known of it, politely, within its time.

waiting?     not before the hour that was told or chosen           patience
robots?      pages only, of each server on the way                 robots
its turn     the server's limit and pause, then a place            manners
request      one hop, within the request's budget                  http, deadline
redirects    to where it leads                                     redirects
once more    for what passes by itself
remembered   a Visit for each address that was asked               patience, freshness
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx2

from briefing.config.network import Network
from briefing.fetch import patience
from briefing.fetch.deadline import Budget, Run
from briefing.fetch.freshness import retry_after
from briefing.fetch.get import Answer, Failure, Same
from briefing.fetch.hatch import Hatch
from briefing.fetch.http import Reply, Web
from briefing.fetch.manners import Manners
from briefing.fetch.reasons import Trouble, of_status, span
from briefing.fetch.redirects import Landed, follow
from briefing.fetch.robots import Robots
from briefing.model import Visit

AGAIN = timedelta(seconds=1)  # before the second try, and up to as long again
EMPTY = Trouble("it sent nothing")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Round:
    """What all questions of a run share."""

    web: Web
    manners: Manners
    run: Run
    robots: Robots
    network: Network
    now: datetime
    visits: Mapping[str, Visit]

    async def polite(self, address: str, headers: Mapping[str, str], budget: Budget) -> Reply | Trouble:
        """One request when it is its turn, or why it failed."""
        host, origin = _server(address)
        async with self.manners.turn(host, origin) as started:
            if isinstance(started, Trouble):
                return started
            sent = False

            def heard() -> None:
                nonlocal sent
                sent = True
                started()

            outcome: Reply | Trouble = Trouble(f"not finished within {span(budget.limit)}")
            with suppress(TimeoutError):
                async with budget.spending():
                    outcome = await self.web.ask(address, headers, heard)
            self.manners.ended(origin, sent, outcome)
            return outcome

    async def refusal(self, address: str) -> str:
        """Why a page is not asked for, by its server's robots.txt; "" where it may be."""

        async def ask(where: str) -> Landed | Trouble:
            budget = Budget(self.network.request)
            return await follow(where, lambda here: self.polite(here, {}, budget))

        return await self.robots.refusal(address, ask, self.manners.slower)


@asynccontextmanager
async def opened(
    network: Network, now: datetime, visits: Mapping[str, Visit], hatch: Hatch[Any]
) -> AsyncIterator[Round]:
    """What the questions of one run share, as long as it lasts."""
    async with Web(network) as web:
        run, robots = Run(network.run, hatch.time), Robots()
        watch = asyncio.create_task(run.watch())
        try:
            yield Round(web, Manners(network, hatch.room), run, robots, network, now, visits)
        finally:
            watch.cancel()
            robots.close()


class Asking:
    """A Get for one source; `visits` is what there is to remember of the addresses that were asked.

    `held` are the addresses of which the source's own documents are at hand; None where the visits that the
    round knows say so themselves.
    """

    def __init__(self, shared: Round, held: Collection[str] | None = None) -> None:
        self._round, self._held = shared, held
        self.visits: dict[str, Visit] = {}

    async def __call__(
        self, address: str, *, page: bool = False, once: bool = False
    ) -> Answer | Failure | Same:
        """What is at an http(s) address."""
        if once and self._held is not None and address in self._held:
            return Same()
        now, visit = self._round.now, self._round.visits.get(address)
        if visit and self._held is not None and address not in self._held:
            visit = patience.forgotten(visit)  # another source may have it
        until = patience.waiting(visit, now)
        if visit and until and not visit.failures and visit.answered:
            return Same()
        if visit and until and visit.failures:
            return Failure(visit.error)  # in the words of when it was asked: same in, same out
        budget = Budget(self._round.network.request)
        try:
            async with self._round.run.within():
                outcome = await self._asked(address, visit, budget, page=page)
        except TimeoutError:
            limit = span(self._round.network.run)
            return Failure(f"not {'finished' if budget.begun else 'asked'}: the run's {limit} were over")
        return self._remembered(address, visit, outcome, page)

    async def _asked(
        self, address: str, visit: Visit | None, budget: Budget, *, page: bool
    ) -> Landed | Trouble:
        """Where it moved to, or else where it was."""
        if visit and visit.moved:
            landed = await self._tried(visit.moved, visit, budget, page=page)
            if isinstance(landed, Landed):
                return Landed(landed.reply, landed.address, landed.moved or visit.moved)
            if landed.wait is not None:
                return landed
            budget.renewed()
        return await self._tried(address, visit, budget, page=page)

    async def _tried(
        self, address: str, visit: Visit | None, budget: Budget, *, page: bool
    ) -> Landed | Trouble:
        """What follows from asking there, twice where the first failure may have passed by then."""
        landed = await self._followed(address, visit, budget, page=page)
        pause = AGAIN.total_seconds() * (1 + patience.jitter(address))
        if isinstance(landed, Trouble) and landed.passing and budget.left > pause:
            budget.left -= pause
            await asyncio.sleep(pause)
            landed = await self._followed(address, visit, budget, page=page)
        return landed

    async def _followed(
        self, address: str, visit: Visit | None, budget: Budget, *, page: bool
    ) -> Landed | Trouble:
        headers = patience.validators(visit)

        async def ask(here: str) -> Reply | Trouble:
            refusal = await self._round.refusal(here) if page else ""
            return (
                Trouble(refusal, reached=False)
                if refusal
                else await self._round.polite(here, headers, budget)
            )

        landed = await follow(address, ask)
        if isinstance(landed, Trouble):
            return landed
        status, content = landed.reply.status, landed.reply.content
        if status == 200:
            return landed if content else EMPTY
        if status == 304 and headers:
            return landed
        return of_status(status, retry_after(landed.reply.headers, self._round.now))

    def _remembered(
        self, address: str, visit: Visit | None, outcome: Landed | Trouble, page: bool
    ) -> Answer | Failure | Same:
        now = self._round.now
        if isinstance(outcome, Trouble):
            self.visits[address] = patience.failed(visit, address, outcome, now)
            return Failure(outcome.reason)
        reply = outcome.reply
        kind = reply.headers.get("Content-Type", "")
        media_type = kind.split(";")[0].strip().lower()
        # A feed that is given up often leads to the front page for good: then it is still asked where it was.
        moved = "" if media_type == "text/html" and not page else outcome.moved
        self.visits[address] = patience.answered(visit, address, moved, reply, now)
        if reply.status == 304:
            return Same()
        charset = CHARSET.search(kind)
        return Answer(reply.content, media_type, charset[1] if charset else "", outcome.address)


def _server(address: str) -> tuple[str, str]:
    """Whose limits hold for an address, and which of its ports answers."""
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        return "", ""
    return url.host, f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}"
