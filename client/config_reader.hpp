// Reads the text of a configuration file.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/config_text.hpp"

namespace chat::client {

// For one reading.
class ConfigReader {
 public:
  explicit ConfigReader(std::string text) { result_.text_ = std::move(text); }

  std::expected<ConfigText, ConfigMistake> read();

 private:
  using Path = std::vector<std::string>;
  // What was read, or nothing: then mistake_ says why.
  using Text = std::optional<std::string>;

  bool read_line();
  bool read_section();
  bool read_entry();
  bool read_path(Path& path);
  Text read_name();
  std::optional<ConfigValue> read_value();
  std::optional<ConfigValue> read_list();
  Text read_single();
  Text read_quoted();
  Text read_literal();
  Text read_bare_value();
  Text read_escape();
  bool add(ConfigEntry entry);

  char peek() const { return at_ < text().size() ? text()[at_] : '\0'; }
  bool take(char c);
  void skip_blanks();
  // Blanks, comments and line breaks, as they may stand in a list.
  void skip_space();
  void skip_comment();
  std::size_t line() const;
  std::string_view text() const { return result_.text_; }
  bool fail(std::string sentence);

  ConfigText result_;
  std::size_t at_ = 0;
  std::string section_;
  std::optional<ConfigMistake> mistake_;
};

}  // namespace chat::client
