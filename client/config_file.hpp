// The configuration file.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "client/settings.hpp"
#include "net/failure.hpp"

namespace chat::client {

// $XDG_CONFIG_HOME/edgechat/client.toml, or that in ~/.config (XDG Base Directory Specification);
// nothing when neither is known.
std::optional<std::filesystem::path> config_path();

// The user edits it as well: it is read whenever it is changed, and all but the one line stays as
// it was. A plain value.
class ConfigFile {
 public:
  // Errors are sentences.
  using Outcome = std::expected<void, std::string>;

  explicit ConfigFile(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }
  bool exists() const;

  // What it says; the defaults when there is none. The sentence says where in it the mistake is.
  std::expected<Settings, std::string> read() const;
  // Writes the setting down as these settings have it, or takes it out when they have none. The
  // file has mode 0600 then, and is the old or the new one whatever happens meanwhile; it stays as
  // it is when it has a mistake or would have one then, or is no regular file. A symbolic link
  // stays one.
  Outcome save(const Settings& settings, const SettingName& name) const;
  // Takes the setting out.
  Outcome forget(const SettingName& name) const;

 private:
  std::expected<ConfigText, std::string> text() const;
  std::expected<Settings, std::string> settings_of(const ConfigText& text) const;
  std::string mistake_in(std::size_t line, std::string_view sentence) const;
  Outcome replace(const std::string& text) const;

  std::filesystem::path path_;
};

}  // namespace chat::client
