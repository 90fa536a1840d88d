#include "server/store/stored_message.hpp"

#include "libchat/name.hpp"
#include "libchat/utf8.hpp"
#include "server/store/digest.hpp"

namespace chat::store {
namespace {

bool is_text(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && is_valid_utf8(text);
}

}  // namespace

std::uint64_t digest_of(RoomId room, Sequence sequence, WallTime time, UserId user,
                        MessageKind kind, std::string_view nickname, std::string_view text) {
  return Digest()
      .add(room.value)
      .add(sequence.value)
      .add(time.milliseconds)
      .add(user.value)
      .add(static_cast<int>(kind))
      .add(nickname)
      .add(text)
      .value();
}

std::optional<StoredMessage> message_in(const sqlite::Rows& rows) {
  const auto kind = static_cast<MessageKind>(rows.integer(3));
  const std::string_view nickname = rows.text(4);
  const std::string_view text = rows.text(5);
  if (rows.integer(0) <= 0 || rows.integer(3) > 0xFF || !is_known(kind) ||
      !is_text(nickname, kMaxNameBytes) || !is_text(text, kMaxTextBytes))
    return std::nullopt;
  const auto digest = static_cast<std::uint64_t>(rows.integer(7));
  if (digest != digest_of(rows.id<RoomId>(kRoomColumn), rows.sequence(0), rows.time(1),
                          rows.id<UserId>(2), kind, nickname, text))
    return std::nullopt;
  return StoredMessage{.sequence = rows.sequence(0),
                       .time = rows.time(1),
                       .user = rows.id<UserId>(2),
                       .kind = kind,
                       .nickname = std::string(nickname),
                       .text = std::string(text)};
}

}  // namespace chat::store
