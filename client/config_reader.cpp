#include "client/config_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

std::string joined(const std::vector<std::string>& path) {
  return fmt::format("{}", fmt::join(path, "."));
}

bool is_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+'))
    text.remove_prefix(1);
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// What stands for a character that cannot be written as it is, and that character.
constexpr std::string_view kEscapes = "\"\\btnfr";
constexpr std::string_view kEscaped = "\"\\\b\t\n\f\r";

}  // namespace

std::expected<ConfigText, ConfigMistake> ConfigReader::read() {
  if (!is_valid_utf8(text()))
    fail("The file is not written in UTF-8.");
  while (!mistake_ && at_ < text().size())
    read_line();
  if (mistake_)
    return std::unexpected(std::move(*mistake_));
  return std::move(result_);
}

bool ConfigReader::fail(std::string sentence) {
  if (!mistake_)
    mistake_ = ConfigMistake{line(), std::move(sentence)};
  return false;
}

std::size_t ConfigReader::line() const {
  return 1 + static_cast<std::size_t>(std::ranges::count(text().substr(0, at_), '\n'));
}

bool ConfigReader::read_line() {
  skip_blanks();
  const char first = peek();
  const bool is_empty = first == '\n' || first == '\0' || first == '#';
  if (!is_empty && !(first == '[' ? read_section() : read_entry()))
    return false;
  skip_blanks();
  skip_comment();
  if (at_ < text().size() && !take('\n'))
    return fail("Something stands behind the end of the line's value.");
  return true;
}

bool ConfigReader::read_section() {
  const std::size_t begin = at_;
  Path path;
  take('[');
  if (!read_path(path))
    return false;
  if (!take(']'))
    return fail("A section is written as [name].");
  section_ = joined(path);
  result_.sections_.push_back({section_, begin, at_});
  return true;
}

bool ConfigReader::read_entry() {
  const std::size_t begin = at_;
  const std::size_t at_line = line();
  Path path;
  if (!read_path(path))
    return false;
  const std::string name = path.back();
  if (!take('='))
    return fail(fmt::format("{} needs a value: {} = ...", name, name));
  skip_blanks();
  const std::size_t value_begin = at_;
  auto value = read_value();
  if (!value)
    return false;
  path.pop_back();
  if (!section_.empty())
    path.insert(path.begin(), section_);
  return add({joined(path), name, std::move(*value), section_, at_line, begin, value_begin, at_});
}

bool ConfigReader::add(ConfigEntry entry) {
  if (result_.find(entry.section, entry.name) != nullptr) {
    mistake_ = ConfigMistake{entry.line, fmt::format("{} stands here twice.", entry.name)};
    return false;
  }
  result_.entries_.push_back(std::move(entry));
  return true;
}

// Names with dots between them.
bool ConfigReader::read_path(Path& path) {
  do {
    skip_blanks();
    Text name = read_name();
    if (!name)
      return false;
    path.push_back(std::move(*name));
    skip_blanks();
  } while (take('.'));
  return true;
}

ConfigReader::Text ConfigReader::read_name() {
  if (peek() == '"')
    return read_quoted();
  if (peek() == '\'')
    return read_literal();
  std::string_view name = text().substr(at_);
  name = name.substr(0, name.find_first_of(" \t\r\n=.#[]\"'"));
  if (!is_bare_name(name)) {
    fail(name.empty() ? "A name is missing."
                      : fmt::format("Write the name in quotes: \"{}\"", name));
    return std::nullopt;
  }
  at_ += name.size();
  return std::string(name);
}

// --- values --------------------------------------------------------------------------------------

std::optional<ConfigValue> ConfigReader::read_value() {
  if (peek() == '[')
    return read_list();
  Text text = read_single();
  if (!text)
    return std::nullopt;
  return ConfigValue{{std::move(*text)}, false};
}

std::optional<ConfigValue> ConfigReader::read_list() {
  ConfigValue list{{}, true};
  take('[');
  skip_space();
  while (!take(']')) {
    Text text = read_single();
    if (!text)
      return std::nullopt;
    list.texts.push_back(std::move(*text));
    skip_space();
    if (!take(',') && peek() != ']') {
      fail("The list is not closed, or a comma is missing in it.");
      return std::nullopt;
    }
    skip_space();
  }
  return list;
}

ConfigReader::Text ConfigReader::read_single() {
  if (peek() == '"')
    return read_quoted();
  if (peek() == '\'')
    return read_literal();
  return read_bare_value();
}

ConfigReader::Text ConfigReader::read_bare_value() {
  std::string_view value = text().substr(at_);
  value = value.substr(0, value.find_first_of(" \t\r\n,]#"));
  if (value != "true" && value != "false" && !is_number(value)) {
    fail(value.empty() ? "A value is missing."
                       : fmt::format("Write the text in quotes: \"{}\"", value));
    return std::nullopt;
  }
  at_ += value.size();
  return std::string(value);
}

ConfigReader::Text ConfigReader::read_literal() {
  take('\'');
  const auto rest = text().substr(at_);
  const auto end = rest.find_first_of("'\n");
  if (end == rest.npos || rest[end] == '\n') {
    fail("A quotation mark is missing.");
    return std::nullopt;
  }
  at_ += end + 1;
  return std::string(rest.substr(0, end));
}

ConfigReader::Text ConfigReader::read_quoted() {
  std::string result;
  take('"');
  while (!take('"')) {
    if (at_ == text().size() || peek() == '\n') {
      fail("A quotation mark is missing.");
      return std::nullopt;
    }
    if (!take('\\')) {
      result += text()[at_++];
      continue;
    }
    Text character = read_escape();
    if (!character)
      return std::nullopt;
    result += *character;
  }
  return result;
}

// What stands behind a backslash.
ConfigReader::Text ConfigReader::read_escape() {
  const char kind = peek();
  if (const auto simple = kEscapes.find(kind); kind != '\0' && simple != kEscapes.npos) {
    ++at_;
    return std::string(1, kEscaped[simple]);
  }
  const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  const std::string_view code = text().substr(std::min(at_ + 1, text().size()), digits);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number, 16);
  const bool is_whole = digits > 0 && error == std::errc() && end == code.data() + digits;
  const bool is_character = number > 0 && number < 0x110000 && (number < 0xD800 || number > 0xDFFF);
  if (!is_whole || !is_character) {
    fail(
        "A backslash stands before \", \\, b, t, n, f, r, uXXXX or UXXXXXXXX; between '...' it is "
        "a "
        "backslash.");
    return std::nullopt;
  }
  std::string character;
  append_utf8(character, number);
  at_ += 1 + digits;
  return character;
}

// --- between them --------------------------------------------------------------------------------

bool ConfigReader::take(char c) {
  if (at_ >= text().size() || text()[at_] != c)
    return false;
  ++at_;
  return true;
}

void ConfigReader::skip_blanks() {
  while (peek() == ' ' || peek() == '\t' ||
         (peek() == '\r' && text().substr(at_).starts_with("\r\n")))
    ++at_;
}

void ConfigReader::skip_comment() {
  if (peek() == '#')
    at_ = std::min(text().find('\n', at_), text().size());
}

void ConfigReader::skip_space() {
  do {
    skip_blanks();
    skip_comment();
  } while (take('\n'));
}

}  // namespace chat::client
