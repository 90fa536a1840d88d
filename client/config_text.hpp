// The text of a configuration file: TOML, of which it takes sections, texts, numbers, true, false,
// and lists of them.
#pragma once

#include <cstddef>
#include <expected>
#include <span>
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
  std::string header;  // the section that it stands in, which differs for a name with dots
  std::size_t line;    // from 1
  // Where it is in the text: the whole of it, and its value.
  std::size_t begin;
  std::size_t value_begin;
  std::size_t end;
};

// Why a text is no configuration.
struct ConfigMistake {
  std::size_t line;
  std::string sentence;
};

// Changing an entry leaves the rest of the text, comments and order included, as it is. A plain
// value.
class ConfigText {
 public:
  // A name that stands twice in its section is a mistake, too.
  static std::expected<ConfigText, ConfigMistake> parse(std::string text);

  const std::string& text() const { return text_; }
  std::span<const ConfigEntry> entries() const { return entries_; }

  // The text with this value in the place of the old one; or with a new line behind the others of
  // the section; or with a new section. `value` as it is written; see below.
  std::string with(std::string_view section, std::string_view name, std::string_view value) const;
  // The text without the entry, and the lines that it takes.
  std::string without(std::string_view section, std::string_view name) const;

 private:
  friend class ConfigReader;

  struct Section {
    std::string name;
    std::size_t begin;  // of its line
    std::size_t end;    // behind its brackets
  };

  const ConfigEntry* find(std::string_view section, std::string_view name) const;
  std::string with_line_at(std::size_t offset, const std::string& line) const;
  std::string with_first_line(const std::string& line) const;

  std::string text_;
  std::vector<ConfigEntry> entries_;
  std::vector<Section> sections_;
};

// As a file has it: "ab" for the text ab.
std::string in_quotes(std::string_view text);

// Whether it stands in a file without quotation marks as a name.
bool is_bare_name(std::string_view name);

}  // namespace chat::client
