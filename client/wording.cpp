#include "client/wording.hpp"

#include <fmt/format.h>

#include <limits>

namespace chat::client {

std::string said(MessageKind kind, std::string_view nickname, std::string_view text) {
  return kind == MessageKind::action ? fmt::format("* {} {}", nickname, text)
                                     : fmt::format("<{}> {}", nickname, text);
}

Line said_line(LineKind line, WallTime when, MessageKind kind, std::string_view nickname,
               std::string_view text) {
  Line made = make_line(line, when, said(kind, nickname, text));
  // No server that keeps to the protocol sends a longer one.
  if (nickname.size() <= std::numeric_limits<std::uint16_t>::max())
    made.author = {.begin = static_cast<std::uint16_t>(kind == MessageKind::action ? 2 : 1),
                   .bytes = static_cast<std::uint16_t>(nickname.size()),
                   .colour = colour_of(nickname)};
  return made;
}

std::string missed(std::uint64_t messages) {
  return messages == 1 ? "1 message was missed."
                       : fmt::format("{} messages were missed.", messages);
}

std::string unreadable(std::uint64_t messages) {
  return messages == 1 ? "1 message cannot be read."
                       : fmt::format("{} messages cannot be read.", messages);
}

}  // namespace chat::client
