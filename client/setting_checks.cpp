#include "client/setting_checks.hpp"

#include <fmt/format.h>

#include "libchat/name.hpp"
#include "libchat/vocabulary.hpp"
#include "net/endpoint.hpp"

namespace chat::client {

SettingOutcome check_anything(std::string_view) {
  return {};
}

SettingOutcome check_nickname(std::string_view text) {
  if (text.empty())
    return {};
  if (const auto name = Nickname::make(text); !name)
    return std::unexpected(fmt::format("Sorry, {}.", describe(name.error())));
  return {};
}

SettingOutcome check_room(std::string_view text) {
  if (const auto name = RoomName::make(text); !name)
    return std::unexpected(fmt::format("Sorry, {}.", describe(name.error())));
  return {};
}

SettingOutcome check_address(std::string_view text) {
  if (auto where = net::parse_host_port(text, kDefaultPort); !where)
    return std::unexpected(fmt::format("That is no address: {}.", where.error()));
  return {};
}

}  // namespace chat::client
