#include "client/server_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "client/setting_checks.hpp"
#include "client/setting_table.hpp"

namespace chat::client {
namespace {

using Texts = std::vector<std::string>;

SettingOutcome set_address(NamedServer& server, const Texts& texts) {
  if (auto possible = check_address(texts[0]); !possible)
    return possible;
  server.address = texts[0];
  return {};
}

SettingOutcome set_nickname(NamedServer& server, const Texts& texts) {
  if (auto possible = check_nickname(texts[0]); !possible)
    return possible;
  server.nickname = texts[0];
  return {};
}

SettingOutcome set_rooms(NamedServer& server, const Texts& texts) {
  for (const std::string& text : texts)
    if (auto possible = check_room(text); !possible)
      return possible;
  server.rooms = texts;
  return {};
}

struct Field {
  std::string_view name;
  SettingKind kind;
  SettingOutcome (*set)(NamedServer& server, const Texts& texts);
  Texts (*get)(const NamedServer& server);  // none: it is not set
  void (*clear)(NamedServer& server);
};

Texts none_or(const std::string& text) {
  return text.empty() ? Texts() : Texts{text};
}

constexpr std::array kFields = {
    Field{"address", SettingKind::text, set_address,
          [](const NamedServer& server) { return none_or(server.address); },
          [](NamedServer& server) { server.address.clear(); }},
    Field{"nick", SettingKind::text, set_nickname,
          [](const NamedServer& server) { return none_or(server.nickname); },
          [](NamedServer& server) { server.nickname.clear(); }},
    Field{"rooms", SettingKind::list, set_rooms,
          [](const NamedServer& server) { return server.rooms; },
          [](NamedServer& server) { server.rooms.clear(); }},
};

const Field* find_field(std::string_view name) {
  const auto* found = std::ranges::find(kFields, name, &Field::name);
  return found == kFields.end() ? nullptr : found;
}

}  // namespace

std::vector<std::string_view> server_fields() {
  std::vector<std::string_view> names;
  for (const Field& field : kFields)
    names.push_back(field.name);
  return names;
}

bool is_server_field(std::string_view field) {
  return find_field(field) != nullptr;
}

bool is_list_of_server(std::string_view field) {
  const Field* known = find_field(field);
  return known != nullptr && known->kind == SettingKind::list;
}

SettingOutcome set_server(Settings& settings, std::string_view server, std::string_view field,
                          const ConfigValue& value) {
  if (!is_bare_name(server))
    return std::unexpected("The name of a server has letters from a to z, digits, - and _.");
  const Field* known = find_field(field);
  if (known == nullptr)
    return std::unexpected("There is no such setting of a server.");
  if (known->kind != SettingKind::list && value.is_list)
    return std::unexpected("It has one value, not a list.");
  NamedServer changed;
  if (const auto found = settings.servers.find(server); found != settings.servers.end())
    changed = found->second;
  if (auto done = known->set(changed, value.texts); !done)
    return done;
  settings.servers.insert_or_assign(std::string(server), std::move(changed));
  return {};
}

SettingOutcome unset_server(Settings& settings, std::string_view server, std::string_view field) {
  if (server_value(settings, server, field).empty())
    return std::unexpected("It is not set.");
  const auto found = settings.servers.find(server);
  NamedServer& changed = found->second;
  find_field(field)->clear(changed);
  if (std::ranges::all_of(kFields, [&](const Field& f) { return f.get(changed).empty(); }))
    settings.servers.erase(found);
  return {};
}

SettingOutcome check_servers(const Settings& settings) {
  for (const auto& [name, server] : settings.servers)
    if (server.address.empty())
      return std::unexpected(
          fmt::format("servers.{} needs an address beside its nick and rooms.", name));
  return {};
}

std::string server_value(const Settings& settings, std::string_view server,
                         std::string_view field) {
  const auto found = settings.servers.find(server);
  const Field* known = find_field(field);
  if (found == settings.servers.end() || known == nullptr)
    return {};
  const Texts texts = known->get(found->second);
  return texts.empty() ? std::string() : as_written(known->kind, texts);
}

NamedServer server_named(const Settings& settings, std::string_view name) {
  NamedServer server;
  server.address = name;
  if (const auto found = settings.servers.find(name); found != settings.servers.end())
    server = found->second;
  if (server.nickname.empty())
    server.nickname = settings.nickname;
  if (server.rooms.empty())
    server.rooms = settings.rooms;
  return server;
}

}  // namespace chat::client
