"""Fills a founded desk with the invented prison: the same people, entry for entry, for the same instant."""

from datetime import datetime, time, timedelta

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.policy.parameters import Parameters
from pdtdesk.services.acting import Acting
from pdtdesk.services.demonstration.chance import Chance
from pdtdesk.services.demonstration.diary import Diary
from pdtdesk.services.demonstration.evening import StandingClock, evening_of
from pdtdesk.services.demonstration.happenings import write_happenings
from pdtdesk.services.demonstration.people import Invented
from pdtdesk.services.demonstration.prison import Prison
from pdtdesk.services.demonstration.residents import OLDEST_DAYS, write_former, write_known, write_residents
from pdtdesk.services.demonstration.script import Script, read_script, tonights_list
from pdtdesk.services.demonstration.stays import Pen
from pdtdesk.services.demonstration.tonight import known_number, live_tonight
from pdtdesk.services.desk import staff
from pdtdesk.services.ports import DeskStore, RandomBytes

_SET_UP_AT = time(9, 0)
_LEASES_AT = time(18, 20)


def founded_at(today: datetime) -> datetime:
    """When the demonstration desk was set up: before the oldest thing that is written in it."""
    return at_london(day_of(evening_of(today)) - timedelta(days=OLDEST_DAYS + 5), _SET_UP_AT)


def fill(
    store: DeskStore,
    prison: Prison,
    clock: StandingClock,
    policy: Parameters,
    random_bytes: RandomBytes,
    today: datetime,
) -> None:
    """Write the invented prison into a desk just founded, by `clock` and as its store knows it; takes seconds.

    The clock is left at `today`. `random_bytes` and the clock must be those that the store itself writes with, or the
    same instant no longer gives the same entries.
    """
    evening = evening_of(today)
    with store.reading() as work:
        authors = {member.account: member.author for member in work.members()}
    pen = Pen(Diary(), authors, policy, prison.establishment.code, evening)
    script, lines = read_script(evening), tonights_list(evening)
    seed = f"{prison.establishment.code} {evening.isoformat()}"
    taken = {str(line.prison_number) for _, line in lines if line.prison_number}

    _write_known(pen, prison, script, seed)
    write_residents(pen, prison, seed, prison.present - len(lines), taken)
    write_happenings(pen, seed)
    pen.diary.into(store, clock, authors["admin"])

    clock.at = at_london(day_of(evening), _LEASES_AT)
    staff.renew_leases(_acting(store, clock, policy, random_bytes, "admin"))
    live_tonight(_acting(store, clock, policy, random_bytes, "nurse"), clock, lines, script)
    clock.at = today


def _write_known(pen: Pen, prison: Prison, script: Script, seed: str) -> None:
    lines = tonights_list(pen.evening)
    for told in script.arrivals:
        if told.earlier:
            line = known_number(lines, told)
            who = Invented(line.surname, line.forenames, line.born, line.prison_number, told.nhs_number)
            write_known(pen, who, told.earlier, Chance(f"{seed} known {told.surname}"))
    like = script.look_alike
    who = Invented(like.surname, like.forenames, like.born, None)
    write_former(pen, prison, Chance(f"{seed} look-alike"), who, like.arrived_at, like.left_on)


def _acting(
    store: DeskStore, clock: StandingClock, policy: Parameters, random_bytes: RandomBytes, account: str
) -> Acting:
    with store.reading() as work:
        member = next(each for each in work.members() if each.account == account)
        latest = work.latest()
    return Acting(member.author, store, clock, policy, random_bytes, member.lease_until, latest)
