#include "client/config_file.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "client/key_settings.hpp"
#include "client/server_settings.hpp"
#include "client/whole_file.hpp"

namespace chat::client {
namespace {

// Keys may be spelt in several ways.
std::string name_in(const ConfigText& text, const SettingName& name) {
  for (const ConfigEntry& entry : text.entries())
    if (entry.section == "keys" && name.section == "keys" &&
        spelt_key(entry.name) == spelt_key(name.name))
      return entry.name;
  return name.section == "keys" ? spelt_key(name.name) : name.name;
}

}  // namespace

std::optional<std::filesystem::path> config_path() {
  const char* const config = std::getenv("XDG_CONFIG_HOME");
  // A relative one is to be ignored.
  if (config != nullptr && config[0] == '/')
    return std::filesystem::path(config) / "edgechat/client.toml";
  const char* const home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/')
    return std::filesystem::path(home) / ".config/edgechat/client.toml";
  return std::nullopt;
}

bool ConfigFile::exists() const {
  std::error_code ignored;
  return std::filesystem::exists(path_, ignored);
}

std::string ConfigFile::mistake_in(std::size_t line, std::string_view sentence) const {
  return fmt::format("{}:{}: {}", path_.string(), line, sentence);
}

std::expected<ConfigText, std::string> ConfigFile::text() const {
  auto text = read_whole(path_);
  if (!text)
    return std::unexpected(fmt::format("{}.", net::describe(text.error())));
  auto parsed = ConfigText::parse(std::move(*text));
  if (!parsed)
    return std::unexpected(mistake_in(parsed.error().line, parsed.error().sentence));
  return std::move(*parsed);
}

std::expected<Settings, std::string> ConfigFile::read() const {
  const auto parsed = text();
  if (!parsed)
    return std::unexpected(parsed.error());
  return settings_of(*parsed);
}

std::expected<Settings, std::string> ConfigFile::settings_of(const ConfigText& text) const {
  Settings settings;
  for (const ConfigEntry& entry : text.entries()) {
    const SettingName name{entry.section, entry.name};
    if (name.section == "keys" && !value_of(settings, name).empty())
      return std::unexpected(
          mistake_in(entry.line, fmt::format("{} stands here twice.", name.name)));
    if (const auto done = set(settings, name, entry.value); !done)
      return std::unexpected(
          mistake_in(entry.line, fmt::format("{}: {}", to_string(name), done.error())));
  }
  if (const auto whole = check_servers(settings); !whole)
    return std::unexpected(fmt::format("{}: {}", path_.string(), whole.error()));
  return settings;
}

ConfigFile::Outcome ConfigFile::save(const Settings& settings, const SettingName& name) const {
  const std::string value = value_of(settings, name);
  if (value.empty())
    return forget(name);
  const auto before = text();
  if (!before)
    return std::unexpected(before.error());
  return replace(before->with(name.section, name_in(*before, name), value));
}

ConfigFile::Outcome ConfigFile::forget(const SettingName& name) const {
  const auto before = text();
  if (!before)
    return std::unexpected(before.error());
  const std::string after = before->without(name.section, name_in(*before, name));
  return after == before->text() ? Outcome() : replace(after);
}

ConfigFile::Outcome ConfigFile::replace(const std::string& text) const {
  // It holds what the user wrote in ways that cannot all be thought of.
  const auto parsed = ConfigText::parse(text);
  if (!parsed)
    return std::unexpected(mistake_in(parsed.error().line, parsed.error().sentence));
  if (const auto settings = settings_of(*parsed); !settings)
    return std::unexpected(settings.error());
  if (auto done = replace_whole(path_, text); !done)
    return std::unexpected(fmt::format("{}.", net::describe(done.error())));
  return {};
}

}  // namespace chat::client
