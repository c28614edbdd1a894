"""Step 5 beyond the disk: an edition that is kept, to every address that does not have it yet.

    for each channel:   Edition  -> Parcel -> Receipt, Receipt, ...       each kept in the ledger

A receipt "sending" is kept before anything leaves and the outcome when it is known: a run that is
killed between "sent" and "kept" is the only way to a second copy, and that has the same Message-ID.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import quote

from briefing.config import Settings
from briefing.config.delivery import Mail
from briefing.errors import ConfigError, NoEdition
from briefing.model import Delivery, Edition, Page, Parcel, Receipt
from briefing.pipeline.memory import memory
from briefing.render import letter, render
from briefing.render import load as load_edition
from briefing.schedule.plan import reached, wait
from briefing.send import CHANNELS, Channel, mail, send
from briefing.store import Store

CUT_OFF: Final = "an earlier try was cut off, so a second copy is possible; it has the same id"

Known = dict[tuple[str, str], Delivery]  # by channel and address


def deliver(settings: Settings, slot: str, now: datetime, *, by_hand: bool = False) -> tuple[Receipt, ...]:
    """Bring the edition of a slot to every address whose turn it is; a receipt for each that was tried.

    `by_hand` also tries those again that refused it or were given up. Raises NoEdition where the store
    keeps none, Locked while another run is on.
    """
    with memory(settings) as store:
        content = store.edition(settings.key, slot)
        if content is None:
            raise NoEdition(f"{settings.title}: there is no edition of {slot} to deliver; build it first")
        return _delivered(settings, load_edition(content), store, now, by_hand=by_hand)


def deliver_this(settings: Settings, edition_json: bytes, now: datetime) -> tuple[Receipt, ...]:
    """Bring an edition.json by hand to everyone who does not have its slot's edition yet.

    Raises ConfigError for an edition of another briefing.
    """
    edition = load_edition(edition_json)
    if edition.briefing != settings.key:
        raise ConfigError(
            f'this is an edition of "{edition.briefing}", and feeds.yaml is about "{settings.key}"; '
            "name the right one with --config"
        )
    with memory(settings) as store:
        return _delivered(settings, edition, store, now, by_hand=True)


def _delivered(
    settings: Settings, edition: Edition, store: Store, now: datetime, *, by_hand: bool
) -> tuple[Receipt, ...]:
    """Hand it over channel by channel; each receipt is in the ledger before the next step is taken."""
    now = now.astimezone(UTC)  # Python adds to a moment of a zone by the clock on the wall
    channels, slot = _channels(settings), edition.slot
    known = _known(store, settings.key, slot, channels)
    turns = [_turns(channel, known, now, by_hand=by_hand) for channel in channels]
    parcel = _parcel(settings, edition, channels, store) if any(turns) else None
    tried: list[Receipt] = []
    for channel, mine in zip(channels, turns, strict=True):
        if parcel is None or (channel.waits and not all(_arrived(others, known) for others in channels)):
            continue
        for receipt in _receipts(channel, parcel, mine, known):
            key = (receipt.channel, receipt.address)
            known[key] = after(known.get(key), receipt, now, settings.retry_for)
            store.ledger.record(settings.key, slot, known[key])
            tried += [receipt] if receipt.state != "sending" else []
    _settle(store, settings.key, slot, known, now)
    return tuple(tried)


def after(last: Delivery | None, receipt: Receipt, now: datetime, retry_for: timedelta) -> Delivery:
    """What the ledger says once a receipt is there: how often it was tried, and when it is tried again."""
    first, tries = (last.first, last.tries) if last else (now, 0)
    if receipt.state == "sending":  # it stays so where the run is killed: then it is tried again at once
        return Delivery(receipt, tries, first, now, next_try=now)
    again = now + wait(tries + 1) if receipt.state == "later" else None
    if again and again - first > retry_for:
        again = None
    return Delivery(receipt, tries + 1, first, now, next_try=again)


def try_on(settings: Settings, edition_json: bytes, to: Sequence[str], now: datetime) -> tuple[Receipt, ...]:
    """Mail an edition to these addresses alone, as a test: the ledger does not hear of it.

    The Message-ID is another one each time, so that no server takes the real mail for a copy.
    """
    options = _mail(settings).model_copy(update={"to": tuple(to), "cc": (), "bcc": ()})
    channel = CHANNELS["mail"](options, settings.base)
    parcel = _parcel(settings, load_edition(edition_json), [channel], None)
    name = _checksum(f"{parcel.name} test {now.isoformat()} {' '.join(to)}")
    receipts = channel.deliver(replace(parcel, name=name), channel.addresses())
    return tuple(receipt for receipt in receipts if receipt.state != "sending")


def write_out(settings: Settings, edition_json: bytes, folder: Path) -> tuple[Receipt, ...]:
    """The mail of an edition as edition.eml in `folder`, instead of sending it."""
    options, edition = _mail(settings), load_edition(edition_json)
    channel = CHANNELS["mail"](options, settings.base)
    content = mail.eml(_parcel(settings, edition, [channel], None), options, settings.base)
    return send([Page("eml", "edition.eml", content)], folder)


def alert(settings: Settings, subject: str, text: str, name: str, now: datetime) -> tuple[Receipt, ...]:
    """A short mail to each operator; `name` is the same for every try of one alert."""
    told = [d.mail for d in settings.deliver if d.mail and d.mail.operator]
    return tuple(
        mail.alert(options, settings.base, subject, text, _checksum(name), now=now) for options in told
    )


def _channels(settings: Settings) -> list[Channel]:
    """The channels of feeds.yaml, in the order of the registry: what waits for others comes last."""
    order = list(CHANNELS)
    places = sorted(settings.deliver, key=lambda place: order.index(place.channel))
    return [CHANNELS[place.channel](place.options, settings.base) for place in places]


def _known(store: Store, briefing: str, slot: str, channels: Sequence[Channel]) -> Known:
    """What the ledger has on the addresses that feeds.yaml names now."""
    named = {(channel.name, address) for channel in channels for address in channel.addresses()}
    found = {(d.receipt.channel, d.receipt.address): d for d in store.ledger.deliveries(briefing, slot)}
    return {key: delivery for key, delivery in found.items() if key in named}


def _receipts(channel: Channel, parcel: Parcel, addresses: Sequence[str], known: Known) -> Iterator[Receipt]:
    """What the channel says. Options that it cannot use are a reason to try again: a person mends them."""
    cut_off = {key for key, last in known.items() if last.receipt.state == "sending"}
    try:
        for receipt in channel.deliver(parcel, addresses) if addresses else ():
            doubtful = receipt.state == "sent" and (channel.name, receipt.address) in cut_off
            yield replace(receipt, detail=f"{receipt.detail}; {CUT_OFF}") if doubtful else receipt
    except ConfigError as error:
        yield from (Receipt(channel.name, address, "later", str(error)) for address in addresses)


def _turns(channel: Channel, known: Known, now: datetime, *, by_hand: bool) -> list[str]:
    last = {address: known.get((channel.name, address)) for address in channel.addresses()}
    return [address for address in last if _turn(last[address], now, by_hand=by_hand)]


def _turn(last: Delivery | None, now: datetime, *, by_hand: bool) -> bool:
    """Whether an address is to be tried at `now`."""
    if last is None or last.receipt.state == "sending":
        return True
    if last.receipt.state == "sent":
        return False
    return by_hand or (last.next_try is not None and reached(last.next_try, now))


def _arrived(channel: Channel, known: Known) -> bool:
    """Whether everyone whom a channel serves has the edition; one that itself waits keeps nobody waiting."""
    last = [known.get((channel.name, address)) for address in channel.addresses()]
    return channel.waits or all(delivery and delivery.receipt.state == "sent" for delivery in last)


def _settle(store: Store, briefing: str, slot: str, known: Known, now: datetime) -> None:
    """Tell the ledger when the next try is due, or that nothing is left to try."""
    found = store.ledger.of_slot(briefing, slot)
    if found is None:
        return
    pending = [delivery.next_try for delivery in known.values() if delivery.next_try]
    done = found.delivered or now
    store.ledger.put(
        briefing, replace(found, delivered=None if pending else done, next_try=min(pending, default=None))
    )


def _parcel(settings: Settings, edition: Edition, channels: Sequence[Channel], store: Store | None) -> Parcel:
    """The edition in every form that some channel carries."""
    templates = settings.templates_folder()
    formats = (*settings.formats, *(name for channel in channels for name in channel.formats()))
    home = f"{settings.link.rstrip('/')}/{quote(edition.briefing)}/" if settings.link else ""
    link = f"{home}{edition.slot}/" if home else ""
    most = max((place.atom.entries for place in settings.deliver if place.atom), default=0)
    recent = [load_edition(content) for content in store.recent(edition.briefing, most)] if store else []
    return Parcel(
        edition=edition,
        pages=render(edition, formats, templates).pages,
        formats=settings.formats,
        letter=letter(edition, templates, link=link),
        slim=letter(edition, templates, link=link, attached=False),
        recent=tuple(recent),
        home=settings.output_folder() / edition.briefing,
        link=home,
        name=_checksum(f"{edition.briefing}\n{edition.slot}"),
    )


def _mail(settings: Settings) -> Mail:
    """The mail options of feeds.yaml. Raises ConfigError where there are none."""
    for place in settings.deliver:
        if place.mail:
            return place.mail
    raise ConfigError(
        "feeds.yaml names no mail server: write one under `deliver:`, as docs/configuration.md says"
    )


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
