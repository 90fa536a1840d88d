#include "tests/simulation/statistics.hpp"

#include <fmt/format.h>

#include <string_view>

namespace chat::sim {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Seen::kinds)> kNames = {
    "hub entries",
    "flushes",
    "flushes that end inside a frame",
    "carryings out that are interrupted",
    "connections",
    "sessions begun",
    "sessions resumed",
    "sessions taken over",
    "members who did not come back",
    "messages published",
    "whispers published",
    "messages said again",
    "messages said again while in flight",
    "ids used for another message",
    "messages published again",
    "batches failed",
    "messages not stored",
    "gaps of messages",
    "gaps of presence alone",
    "pairs ended",
    "pairs ended behind a gap",
    "ended pairs resumed",
    "members lost",
    "members back",
    "member counts",
    "lists after counts",
    "requests refused",
    "goodbyes",
    "resets",
    "ends of input",
    "inputs paused",
    "segments evicted",
    "quiet moments",
    "histories read",
    "histories read from the store",
    "pieces fed from the store",
    "feedings ended",
    "senders held back",
    "batches with rooms in another order",
    "messages known from before",
    "users in a new session",
    "crashes",
    "orderly restarts",
    "losses of power",
    "batches lost in crashes",
    "commits lost with the power",
    "messages stored and not published before a crash",
    "sessions taken up in another process",
    "sessions with numbers of another epoch",
    "rooms that go on after all have left",
};

}  // namespace

std::string_view name_of(Seen what) {
  return kNames[static_cast<std::size_t>(what)];
}

std::string to_text(const Statistics& statistics) {
  std::string text;
  for (std::size_t i = 0; i < kNames.size(); ++i)
    text += fmt::format("{:>12}  {}\n", statistics.of(static_cast<Seen>(i)), kNames[i]);
  return text;
}

}  // namespace chat::sim
