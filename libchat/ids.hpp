// Identifiers and positions. Each is a type of its own, so that none can be passed for another.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

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

// Which network address a connection came from: as much as is needed to count by it.
using AddressKey = Id<struct AddressTag, std::uint32_t>;

// A client's 128-bit name for a message it sends.
using MessageId = std::array<std::uint8_t, 16>;

template <class Tag>
struct Id128 {
  std::array<std::uint8_t, 16> value{};
  auto operator<=>(const Id128&) const = default;
  // All zero: there is none.
  explicit operator bool() const { return *this != Id128{}; }

  template <class Hash>
  friend Hash AbslHashValue(Hash hash, const Id128& id) {
    return Hash::combine(std::move(hash), id.value);
  }
};

// Who a person is, across connections and nicknames. Made once by the client, at random.
using IdentityId = Id128<struct IdentityTag>;
// Proves an identity: whoever knows it is the person.
using IdentitySecret = Id128<struct IdentitySecretTag>;

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

// A place in a room's log, at the boundary of two frames.
struct LogPlace {
  Position position;
  Sequence next;  // of the first message at or behind it
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
