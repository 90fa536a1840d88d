"""What is compared: the floor in its kinds, chat-server, and the peers; and those that keep what is
said."""

from dataclasses import dataclass
from pathlib import Path

# Sends to everybody what came in a round, in one send each.
FLOOR = "floor"
# Sends each message by itself.
NAIVE = "naive"
# Passes on between two.
RELAY = "relay"
EDGECHAT = "edgechat"
TWO_REACTORS = "edgechat-2"
# By what acknowledged messages survive.
KEEPS_NOTHING = "edgechat-none"
KEEPS_OVER_PROCESS = "edgechat-process"
KEEPS_OVER_POWER = "edgechat-power"


@dataclass(frozen=True)
class System:
    """A server and how it is started.

    Words of `command` may hold @PORT@, @DIRECTORY@, a folder of the server's own, and
    @CONFIGURATION@, the path of the file `configuration` of bench/peers when it has been filled in.
    A program that begins with @BUILD@ is one of our own.
    """

    name: str  # in results and on the command line
    family: str  # what --only selects it by
    title: str  # for people
    protocol: str  # as chat-bench calls it
    command: tuple[str, ...]
    configuration: str = ""
    package: str = ""  # Debian's, for peers
    at_once: int | None = None  # clients that come in at a time, when not as many as usual
    keeps: bool = False  # measured for what it keeps, and for nothing else

    @property
    def is_peer(self) -> bool:
        return bool(self.package)


def floor(name: str, mode: str) -> System:
    command = ("@BUILD@/bench/floor", "--listen", "127.0.0.1:@PORT@", "--mode", mode)
    return System(name, "floor", f"floor, {mode}", "floor", command)


def edgechat(name: str, title: str, reactors: int) -> System:
    command = ("@BUILD@/server/chat-server", "--listen", "127.0.0.1:@PORT@",
               "--durability", "none", "--reactors", str(reactors))
    return System(name, "edgechat", title, "edgechat", command)


def keeping_edgechat(name: str, durability: str) -> System:
    command = ("@BUILD@/server/chat-server", "--listen", "127.0.0.1:@PORT@",
               "--data", "@DIRECTORY@/store", "--durability", durability, "--reactors", "1",
               "--log-level", "warn")
    return System(name, "edgechat", f"edgechat, `{durability}`", "edgechat", command, keeps=True)


def peer(name: str, title: str, protocol: str, package: str, *command: str,
         at_once: int | None = None, keeps: bool = False) -> System:
    return System(name, name, title, protocol, command, f"{name}.conf", package, at_once, keeps)


def all_systems() -> tuple[System, ...]:
    """In the order in which they are measured and shown."""
    return (
        floor(FLOOR, "batched"),
        floor(NAIVE, "naive"),
        floor(RELAY, "relay"),
        edgechat(EDGECHAT, "edgechat", 1),
        edgechat(TWO_REACTORS, "edgechat, two reactors", 2),
        peer("redis", "Redis pub/sub", "redis", "redis-server",
             "redis-server", "@CONFIGURATION@"),
        peer("nats", "NATS", "nats", "nats-server",
             "nats-server", "-c", "@CONFIGURATION@"),
        peer("ngircd", "ngIRCd", "irc", "ngircd",
             "ngircd", "--nodaemon", "--config", "@CONFIGURATION@",
             # Its listening queue holds ten, and that cannot be configured.
             at_once=8),
        peer("inspircd", "InspIRCd", "irc", "inspircd",
             "inspircd", "--nofork", "--nolog", "--nopid", "--runasroot",
             "--config", "@CONFIGURATION@",
             # It looks only once a second at who has introduced themselves.
             at_once=1000),
        peer("mosquitto", "Mosquitto", "mqtt", "mosquitto",
             "mosquitto", "-c", "@CONFIGURATION@",
             # A hundred.
             at_once=64),
        keeping_edgechat(KEEPS_NOTHING, "none"),
        keeping_edgechat(KEEPS_OVER_PROCESS, "process"),
        keeping_edgechat(KEEPS_OVER_POWER, "power"),
        peer("redis-streams", "Redis Streams, `appendfsync always`", "redis-streams",
             "redis-server", "redis-server", "@CONFIGURATION@", keeps=True),
        peer("jetstream", "NATS JetStream, files", "jetstream", "nats-server",
             "nats-server", "-c", "@CONFIGURATION@", keeps=True),
    )


def families() -> list[str]:
    return list(dict.fromkeys(system.family for system in all_systems()))


def title_of(name: str) -> str:
    """For people; names of systems that there are no more stay as they are."""
    return next((s.title for s in all_systems() if s.name == name), name)


def peers() -> list[str]:
    return [system.name for system in all_systems() if system.is_peer and not system.keeps]


def keepers() -> list[str]:
    return [system.name for system in all_systems() if system.keeps]


def command_of(system: System, build: Path, port: int, configuration: Path) -> list[str]:
    values = {"@BUILD@": str(build), "@PORT@": str(port), "@CONFIGURATION@": str(configuration),
              "@DIRECTORY@": str(configuration.parent)}
    return [filled(word, values) for word in system.command]


def filled(text: str, values: dict[str, str]) -> str:
    """The text with each placeholder replaced by its value."""
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return text
