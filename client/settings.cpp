#include "client/settings.hpp"

#include <optional>

#include "client/key_settings.hpp"
#include "client/server_settings.hpp"
#include "client/setting_table.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kKeys = "keys";
constexpr std::string_view kServers = "servers.";

std::unexpected<std::string> unknown() {
  return std::unexpected(std::string("There is no such setting."));
}

bool is_key(const SettingName& name) {
  return name.section == kKeys;
}

// The server that a setting is about; nothing when it is about none.
std::optional<std::string_view> server_of(const SettingName& name) {
  const std::string_view section = name.section;
  if (!section.starts_with(kServers))
    return std::nullopt;
  return section.substr(kServers.size());
}

}  // namespace

std::string to_string(const SettingName& name) {
  return name.section.empty() ? name.name : name.section + "." + name.name;
}

SettingName setting_named(std::string_view text) {
  // Also a key may be called by a dot.
  const bool is_key = text.starts_with(kKeys) && text.substr(kKeys.size()).starts_with('.');
  const auto dot = is_key ? kKeys.size() : text.rfind('.');
  if (dot == text.npos)
    return {{}, std::string(text)};
  return {std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
}

SettingOutcome set(Settings& settings, const SettingName& name, const ConfigValue& value) {
  if (const auto server = server_of(name))
    return set_server(settings, *server, name.name, value);
  const Setting* setting = find_setting(name);
  if (setting == nullptr && !is_key(name))
    return unknown();
  if (value.is_list && (setting == nullptr || setting->kind != SettingKind::list))
    return std::unexpected("It has one value, not a list.");
  if (is_key(name))
    return bind_key(settings, name.name, value.texts[0]);
  return setting->set(settings, value.texts);
}

SettingOutcome unset(Settings& settings, const SettingName& name) {
  if (const auto server = server_of(name))
    return unset_server(settings, *server, name.name);
  if (is_key(name))
    return unbind_key(settings, name.name);
  const Setting* setting = find_setting(name);
  return setting == nullptr ? SettingOutcome(unknown())
                            : setting->set(settings, setting->get(Settings()));
}

std::string value_of(const Settings& settings, const SettingName& name) {
  if (const auto server = server_of(name))
    return server_value(settings, *server, name.name);
  if (is_key(name)) {
    const auto found = settings.keys.find(spelt_key(name.name));
    return found == settings.keys.end() ? std::string() : in_quotes(found->second);
  }
  const Setting* setting = find_setting(name);
  return setting == nullptr ? std::string() : as_written(setting->kind, setting->get(settings));
}

std::string purpose_of(const SettingName& name) {
  const Setting* setting = find_setting(name);
  return setting == nullptr ? std::string() : std::string(setting->purpose);
}

bool can_be_set(const SettingName& name) {
  if (const auto server = server_of(name))
    return is_bare_name(*server) && is_server_field(name.name);
  return is_key(name) ? !spelt_key(name.name).empty() : find_setting(name) != nullptr;
}

bool is_list(const SettingName& name) {
  if (server_of(name))
    return is_list_of_server(name.name);
  const Setting* setting = find_setting(name);
  return setting != nullptr && setting->kind == SettingKind::list;
}

std::vector<SettingName> names_in(const Settings& settings) {
  std::vector<SettingName> names;
  for (const Setting& setting : all_settings())
    names.push_back({std::string(setting.section), std::string(setting.name)});
  for (const auto& [key, action] : settings.keys)
    names.push_back({std::string(kKeys), key});
  for (const auto& [server, values] : settings.servers)
    for (const std::string_view field : server_fields())
      if (!server_value(settings, server, field).empty())
        names.push_back({std::string(kServers) + server, std::string(field)});
  return names;
}

}  // namespace chat::client
