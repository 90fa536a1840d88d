// Identifiers and positions. Each is a type of its own, so that none can be passed for another.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace chat {

template <class Tag, class Rep>
struct Id {
  using rep = Rep;
  Rep value{};
  auto operator<=>(const Id&) const = default;
};

using UserId = Id<struct UserTag, std::uint64_t>;
using RoomId = Id<struct RoomTag, std::uint32_t>;
// Changes whenever a log may have lost its tail; positions of different epochs do not compare.
using Epoch = Id<struct EpochTag, std::uint64_t>;
// A client's own number for a request; the answer names it. 0 is "no request".
using RequestId = Id<struct RequestTag, std::uint32_t>;
using ReactorId = Id<struct ReactorTag, std::uint16_t>;

// A client's 128-bit name for a message it sends.
using MessageId = std::array<std::uint8_t, 16>;

// Number of a message in its room: the first is 1, and none is left out.
struct Sequence {
  std::uint64_t value = 0;
  auto operator<=>(const Sequence&) const = default;
  friend Sequence operator+(Sequence s, std::uint64_t n) { return {s.value + n}; }
  friend Sequence operator-(Sequence s, std::uint64_t n) { return {s.value - n}; }
};

// Offset in bytes from the beginning of a room's log.
struct Position {
  std::uint64_t value = 0;
  auto operator<=>(const Position&) const = default;
  friend Position operator+(Position p, std::size_t bytes) { return {p.value + bytes}; }
  friend std::size_t operator-(Position a, Position b) { return a.value - b.value; }
};

// Milliseconds since 1970-01-01 UTC.
struct WallTime {
  std::int64_t milliseconds = 0;
  auto operator<=>(const WallTime&) const = default;
};

}  // namespace chat

template <class Tag, class Rep>
struct std::hash<chat::Id<Tag, Rep>> {
  std::size_t operator()(chat::Id<Tag, Rep> id) const noexcept {
    return std::hash<Rep>{}(id.value);
  }
};
