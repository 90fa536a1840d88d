// People who say things in a store.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libchat/ledger.hpp"
#include "server/store/reader.hpp"
#include "server/store/writer.hpp"

namespace chat::store::test {

inline constexpr RoomId kLobby{1};
inline constexpr UserId kLisa{(1ULL << 32) + 1};
inline constexpr UserId kTom{(1ULL << 32) + 2};
inline constexpr UserId kEve{(1ULL << 32) + 3};
inline constexpr WallTime kNow{1'700'000'000'000};

constexpr WallTime later(std::chrono::milliseconds by, WallTime than = kNow) {
  return {than.milliseconds + by.count()};
}

inline MessageId id_of(std::uint64_t number) {
  MessageId id{};
  for (std::size_t i = 0; i < sizeof number; ++i)
    id[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return id;
}

inline std::uint64_t body_of(std::string_view text) {
  return 0x8000'0000'0000'0000 | std::hash<std::string_view>{}(text);
}

inline AcceptedMessage message(UserId user, std::uint64_t id, std::string text) {
  const std::uint64_t body = body_of(text);
  return {.sender = {},
          .reactor = {},
          .connection = {},
          .request = {},
          .id = id_of(id),
          .from = {user, Nickname::make(fmt::format("user{}", user.value & 0xFF)).value()},
          .text = std::move(text),
          .body = body};
}

inline Entry said(RoomId room, UserId user, std::uint64_t id, std::string text,
                  WallTime time = kNow) {
  return {room, time, message(user, id, std::move(text))};
}

inline KnownUser user(UserId number, WallTime seen = kNow) {
  return {.user = number, .identity = {{static_cast<std::uint8_t>(number.value)}}, .seen = seen};
}

inline KnownRoom open_room(RoomId room, std::string name) {
  return {room, RoomKind::open, std::move(name), {}, {}};
}

inline KnownRoom pair_of(RoomId room, UserId first, UserId second) {
  return {room, RoomKind::pair, {}, first, second};
}

// Three people and the lobby.
inline std::vector<StateChange> beginning() {
  return {user(kLisa), user(kTom), user(kEve), open_room(kLobby, "lobby")};
}

inline std::expected<void, CommitFailure> commit(Writer& writer, Batch& batch,
                                                 const std::vector<StateChange>& changes = {}) {
  return writer.commit(std::span(&batch, 1), changes);
}

inline void must_commit(Writer& writer, Batch batch, const std::vector<StateChange>& changes = {}) {
  const auto committed = commit(writer, batch, changes);
  REQUIRE_MESSAGE(committed.has_value(), committed.error().sentence);
}

inline const AcceptedMessage& message_of(const Entry& entry) {
  return std::get<AcceptedMessage>(entry.what);
}

inline Writer opened(const std::filesystem::path& folder, Durability durability = Durability::power,
                     WallTime now = kNow, const Retention& retention = {}) {
  auto writer = Writer::open({folder, durability, retention}, now);
  REQUIRE_MESSAGE(writer.has_value(), writer.error());
  return std::move(*writer);
}

// Every text of a room that can be read, with its number: "1 Hello".
inline std::vector<std::string> texts(Reader& reader, RoomId room) {
  const auto page = reader.from(room, {1}, {~0ULL}, 1 << 30);
  REQUIRE_MESSAGE(page.has_value(), page.error());
  std::vector<std::string> texts;
  for (const StoredMessage& one : page->messages)
    texts.push_back(fmt::format("{} {}", one.sequence.value, one.text));
  return texts;
}

inline Reader reading(const std::filesystem::path& folder) {
  auto reader = Reader::open(folder);
  REQUIRE_MESSAGE(reader.has_value(), reader.error());
  return std::move(*reader);
}

inline std::vector<std::string> texts(const std::filesystem::path& folder, RoomId room) {
  Reader reader = reading(folder);
  return texts(reader, room);
}

}  // namespace chat::store::test
