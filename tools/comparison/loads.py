"""Loads that several sections use."""

from comparison.load import Load
from comparison.plan import Plan

TEXT_BYTES = 64
_SENDERS = 20
_WINDOW = 64


def saturating(clients: int, plan: Plan) -> Load:
    """As fast as the server delivers."""
    return _fanout(clients, _SENDERS, plan, "--window", str(_WINDOW))


def saturating_rooms(rooms: int, members: int, plan: Plan) -> Load:
    """Several rooms with as many members each, in each of which it is as in saturating()."""
    return _rooms(rooms, members, plan, "--window", str(_WINDOW * rooms))


def rooms_at_rate(rooms: int, members: int, plan: Plan, messages_per_second: float) -> Load:
    """At fixed times. The rate is that of all rooms together."""
    return _rooms(rooms, members, plan, "--rate", f"{messages_per_second:.3f}")


def _rooms(rooms: int, members: int, plan: Plan, *pace: str) -> Load:
    senders = min(_SENDERS, members) * rooms
    return Load("rooms", ("--rooms", str(rooms), "--clients", str(rooms * members),
                          *talk(senders, plan), *pace))


def one_at_a_time(clients: int, plan: Plan) -> Load:
    return _fanout(clients, 1, plan, "--window", "1")


def at_rate(clients: int, plan: Plan, messages_per_second: float) -> Load:
    """At fixed times, whatever the server does."""
    return _fanout(clients, _SENDERS, plan, "--rate", f"{messages_per_second:.3f}")


def _fanout(clients: int, senders: int, plan: Plan, *pace: str) -> Load:
    return Load("fanout", ("--clients", str(clients), *talk(min(senders, clients), plan), *pace))


def committed(senders: int, readers: int, rooms: int, plan: Plan) -> Load:
    """As fast as it is acknowledged and, where there are readers, read; each sender has as many
    messages under way."""
    return Load("commit", ("--senders", str(senders), "--readers", str(readers),
                           "--rooms", str(rooms), "--window", str(_WINDOW),
                           "--seconds", f"{plan.seconds:g}", "--text-bytes", str(TEXT_BYTES)),
                with_disk=True)


def talk(senders: int, plan: Plan) -> tuple[str, ...]:
    """Options of every scenario in which some talk."""
    return ("--senders", str(senders), "--seconds", f"{plan.seconds:g}",
            "--text-bytes", str(TEXT_BYTES))
