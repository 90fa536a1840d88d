#include "client/configuration.hpp"

#include <fmt/format.h>

#include "client/server_settings.hpp"

namespace chat::client {

std::expected<Configuration, std::string> Configuration::load(
    const std::optional<std::filesystem::path>& given) {
  const auto path = given ? given : config_path();
  if (!path)
    return Configuration();
  ConfigFile file(*path);
  if (given && !file.exists())
    return std::unexpected(fmt::format("There is no file {}.", path->string()));
  auto settings = file.read();
  if (!settings)
    return std::unexpected(std::move(settings.error()));
  return Configuration(std::move(*settings), std::move(file));
}

Configuration::Outcome Configuration::change(const SettingName& name, const ConfigValue& value) {
  Settings changed = settings_;
  if (auto done = set(changed, name, value); !done)
    return std::unexpected(fmt::format("{}: {}", to_string(name), done.error()));
  return become(std::move(changed), name);
}

Configuration::Outcome Configuration::take_back(const SettingName& name) {
  Settings changed = settings_;
  if (auto done = unset(changed, name); !done)
    return std::unexpected(fmt::format("{}: {}", to_string(name), done.error()));
  return become(std::move(changed), name);
}

Configuration::Outcome Configuration::become(Settings changed, const SettingName& name) {
  if (auto possible = check_servers(changed); !possible)
    return std::unexpected(std::move(possible.error()));
  settings_ = std::move(changed);
  return keep(name);
}

Configuration::Change Configuration::keep(const SettingName& name) {
  ++changes_;
  const std::string value = value_of(settings_, name);
  Change change{value.empty() ? fmt::format("{} is not set", to_string(name))
                              : fmt::format("{} = {}", to_string(name), value),
                {}};
  if (!file_) {
    change.trouble = "neither XDG_CONFIG_HOME nor HOME is set";
    return change;
  }
  const bool is_default = value == value_of(Settings(), name);
  if (auto saved = is_default ? file_->forget(name) : file_->save(settings_, name); !saved)
    change.trouble = std::move(saved.error());
  return change;
}

}  // namespace chat::client
