// The text of a configuration file.
#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "client/config_reader.hpp"

namespace chat::client {

// Changing an entry leaves the rest of the text, comments and order included, as it is. A plain
// value.
class ConfigText {
 public:
  static std::expected<ConfigText, ConfigMistake> parse(std::string text);

  const std::string& text() const { return text_; }
  std::span<const ConfigEntry> entries() const { return parts_.entries; }

  // The text with this value in the place of the old one; or with a new line behind the others of
  // the section; or with a new section. `value` as it is written; see below.
  std::string with(std::string_view section, std::string_view name, std::string_view value) const;
  // The text without the entry, and the lines that it takes.
  std::string without(std::string_view section, std::string_view name) const;

 private:
  ConfigText(std::string text, ConfigParts parts)
      : text_(std::move(text)), parts_(std::move(parts)) {}

  const ConfigEntry* find(std::string_view section, std::string_view name) const;
  std::string with_line_at(std::size_t offset, const std::string& line) const;
  std::string with_first_line(const std::string& line) const;

  std::string text_;
  ConfigParts parts_;
};

// As a file has it: "ab" for the text ab.
std::string in_quotes(std::string_view text);

// Whether it stands in a file without quotation marks as a name.
bool is_bare_name(std::string_view name);

}  // namespace chat::client
