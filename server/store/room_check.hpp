// Whether the messages of a room are what they should be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libchat/ids.hpp"
#include "server/store/findings.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

struct CheckedRoom {
  RoomId room;
  std::string shown;  // "room 1 (lobby)"
  Sequence last;      // the number of its last message ever
};

// Throws sqlite::Error where the file cannot be read at all. The database outlives it.
class RoomCheck {
 public:
  explicit RoomCheck(sqlite::Database& database);

  // Tells of what is missing or makes no sense. How many messages can be read.
  std::uint64_t check(const CheckedRoom& room, Findings& findings);

 private:
  // How far it came, and how many it could read, it says also where it ends with an error.
  void walk(const CheckedRoom& room, Findings& findings, Sequence& at, std::uint64_t& readable);
  bool is_readable(RoomId room, Sequence sequence, std::int64_t message);

  sqlite::Statement places_;
  sqlite::Statement message_;
};

}  // namespace chat::store
