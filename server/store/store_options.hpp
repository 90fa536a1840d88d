// Where a store is, what it survives, and how long it keeps what was said.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace chat::store {

// What committed messages survive.
enum class Durability {
  power,    // a failure of the machine
  process,  // only the end of the process, however that ends
};

// How long an id is known, at least, whatever becomes of the message.
inline constexpr std::chrono::days kIdsKept{7};

struct Retention {
  std::optional<std::chrono::days> age;   // texts older than that go
  std::optional<std::uint64_t> per_room;  // the oldest go when a room has more messages than that
  std::chrono::days guests{30};  // whispers go when either of the two was not seen for that long
};

struct StoreOptions {
  std::filesystem::path folder;
  Durability durability = Durability::power;
  Retention retention{};
  // The write-ahead log is carried over into the database when it has grown by so much.
  std::uint32_t pages_between_checkpoints = 4'000;
};

}  // namespace chat::store
