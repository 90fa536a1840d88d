// A message as it stands in the store.
#pragma once

#include <optional>
#include <string>

#include "libchat/ids.hpp"
#include "libchat/protocol.hpp"
#include "libchat/vocabulary.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

using StoredMessage = protocol::HistoryMessage;

// The columns that message_in() takes, from the first one on.
inline constexpr std::string_view kMessageColumns = "sequence, time, user, kind, nickname, text";

// What a row says, or nothing when that makes no sense: too long, not UTF-8, of no known kind.
std::optional<StoredMessage> message_in(const sqlite::Rows& rows);

}  // namespace chat::store
