// The settings that everybody has. This is the one table of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/settings.hpp"

namespace chat::client {

enum class SettingKind { flag, number, text, list };

struct Setting {
  std::string_view section;
  std::string_view name;
  SettingKind kind;
  std::string_view purpose;
  // Nothing is changed when it fails. Precondition: one text, unless it is a list.
  SettingOutcome (*set)(Settings& settings, const std::vector<std::string>& texts);
  std::vector<std::string> (*get)(const Settings& settings);
};

std::span<const Setting> all_settings();
// Nothing when there is none. The pointer is always valid.
const Setting* find_setting(const SettingName& name);

// How the file has it.
std::string as_written(SettingKind kind, const std::vector<std::string>& texts);

}  // namespace chat::client
