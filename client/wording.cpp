#include "client/wording.hpp"

#include <fmt/format.h>

namespace chat::client {

std::string said(MessageKind kind, std::string_view nickname, std::string_view text) {
  return kind == MessageKind::action ? fmt::format("* {} {}", nickname, text)
                                     : fmt::format("<{}> {}", nickname, text);
}

std::string whispered_to(std::string_view nickname, std::string_view text) {
  return fmt::format("*you -> {}* {}", nickname, text);
}

std::string whispered_by(std::string_view nickname, std::string_view text) {
  return fmt::format("*{} -> you* {}", nickname, text);
}

std::string missed(std::uint64_t messages) {
  return messages == 1 ? "1 message was missed" : fmt::format("{} messages were missed", messages);
}

std::string unreadable(std::uint64_t messages) {
  return messages == 1 ? "1 message cannot be read."
                       : fmt::format("{} messages cannot be read.", messages);
}

}  // namespace chat::client
