// The settings of this client, and the file in which they outlive it.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "client/config_file.hpp"
#include "client/settings.hpp"

namespace chat::client {

// A plain value.
class Configuration {
 public:
  // Nothing is set, and there is no file.
  Configuration() = default;
  Configuration(Settings settings, std::optional<ConfigFile> file)
      : settings_(std::move(settings)), file_(std::move(file)) {}

  // From this file, which must be there; without one, from that of the user, if there is one. The
  // error is a sentence.
  static std::expected<Configuration, std::string> load(
      const std::optional<std::filesystem::path>& given);

  const Settings& settings() const { return settings_; }

  struct Change {
    std::string now;      // how it is, as in the file: "bell = true"
    std::string trouble;  // why it will not be so for the next client; empty: it will
  };
  // What cannot be is refused with a sentence. Otherwise it is so from now on.
  using Outcome = std::expected<Change, std::string>;
  Outcome change(const SettingName& name, const ConfigValue& value);
  Outcome take_back(const SettingName& name);

  // How often something has changed.
  int changes() const { return changes_; }

 private:
  // `changed` has another value of this setting than before.
  Outcome become(Settings changed, const SettingName& name);
  Change keep(const SettingName& name);

  Settings settings_;
  std::optional<ConfigFile> file_;
  int changes_ = 0;
};

}  // namespace chat::client
