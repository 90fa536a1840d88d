// A state in a folder, for the tests of what a client remembers.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "client/disk_state.hpp"
#include "libchat/name.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chat::client::test {

using chat::test::TemporaryFolder;

inline const Nickname kAnn = *Nickname::make("Ann");

// Different every time.
inline MessageId next_id() {
  static std::uint8_t last = 0;
  return MessageId{++last};
}

inline DiskState state_in(const TemporaryFolder& folder) {
  return DiskState(folder.path(), "127.0.0.1:1338", next_id);
}

inline UnsentMessage message(std::uint8_t id, std::string text) {
  return {.id = MessageId{id}, .room = "lobby", .to = {}, .to_user = {}, .text = std::move(text)};
}

inline KeptDraft draft(std::string room, std::string text) {
  return {.room = std::move(room), .other = {}, .epoch = {}, .text = std::move(text)};
}

}  // namespace chat::client::test
