// Reads the text of a configuration file.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace chat::client {

// What stands behind a name. Numbers, true and false are texts like others.
struct ConfigValue {
  std::vector<std::string> texts;  // exactly one, unless it is a list
  bool is_list = false;
  bool operator==(const ConfigValue&) const = default;
};

struct ConfigEntry {
  std::string section;  // "servers.work"; empty: above all sections
  std::string name;
  ConfigValue value;
  std::size_t line;  // from 1
  // Where it is in the text: its section where that is repeated before its name, as in
  // servers.work.nick, its name, and its value.
  std::size_t begin;
  std::size_t name_begin;
  std::size_t value_begin;
  std::size_t end;
};

// [servers.work]
struct ConfigSection {
  std::string name;
  std::size_t begin;  // of its brackets
  std::size_t end;    // behind them
};

// As they stand in the text, from its beginning to its end.
struct ConfigParts {
  std::vector<ConfigEntry> entries;
  std::vector<ConfigSection> sections;
};

// Why a text is no configuration.
struct ConfigMistake {
  std::size_t line;
  std::string sentence;
};

// The text is TOML 1.0; of its values a configuration has texts, whole numbers, true, false, and
// lists of them.
std::expected<ConfigParts, ConfigMistake> read_config(std::string_view text);

}  // namespace chat::client
