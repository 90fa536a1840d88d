// A message as it stands in the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "libchat/ids.hpp"
#include "libchat/protocol.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

using StoredMessage = protocol::HistoryMessage;

// The columns that message_in() takes, from the first one on.
inline constexpr std::string_view kMessageColumns =
    "messages.sequence, messages.time, messages.user, messages.kind, messages.nickname, "
    "messages.text, messages.room, messages.digest";
inline constexpr int kRoomColumn = 6;
inline constexpr int kBehindMessage = 8;

// Is in a row beside it.
std::uint64_t digest_of(RoomId room, Sequence sequence, WallTime time, UserId user,
                        MessageKind kind, std::string_view nickname, std::string_view text);

// What a row says, or nothing when it is not what was written, or makes no sense: too long, not
// UTF-8, of no known kind.
std::optional<StoredMessage> message_in(const sqlite::Rows& rows);

}  // namespace chat::store
