#include "client/config_reader.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace chat::client {
namespace {

// Where lines begin, to find in the text what toml++ tells by line and column.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
      begins_.push_back(at + 1);
  }

  std::size_t line_begin(const toml::source_position& place) const {
    return begins_.at(place.line - 1);
  }

  // Columns count code points.
  std::size_t offset_of(const toml::source_position& place) const {
    std::size_t offset = line_begin(place);
    for (auto left = place.column - 1; left > 0 && offset < text_.size(); --left)
      offset = next_code_point(offset);
    return offset;
  }

  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  std::size_t first_of_line(const toml::source_position& place) const {
    return std::min(text_.find_first_not_of(" \t", line_begin(place)), text_.size());
  }

 private:
  std::size_t next_code_point(std::size_t offset) const {
    const auto is_inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    do
      ++offset;
    while (offset < text_.size() && is_inside(text_[offset]));
    return offset;
  }

  std::string_view text_;
  std::vector<std::size_t> begins_{0};
};

std::string within(std::string_view section, std::string_view name) {
  return section.empty() ? std::string(name) : fmt::format("{}.{}", section, name);
}

std::optional<std::string> single(const toml::node& node) {
  if (const auto* text = node.as_string())
    return text->get();
  if (const auto* number = node.as_integer())
    return std::to_string(number->get());
  if (const auto* flag = node.as_boolean())
    return flag->get() ? "true" : "false";
  return std::nullopt;
}

std::optional<ConfigValue> value_of(const toml::node& node) {
  const toml::array* const list = node.as_array();
  ConfigValue value{{}, list != nullptr};
  const auto add = [&](const toml::node& part) {
    auto text = single(part);
    if (text)
      value.texts.push_back(std::move(*text));
    return text.has_value();
  };
  const bool is_taken = list == nullptr ? add(node) : std::all_of(list->begin(), list->end(), add);
  return is_taken ? std::optional(std::move(value)) : std::nullopt;
}

// What is most often wrong, toml++ does not name.
std::string sentence_of(const toml::parse_error& error) {
  const std::string_view what = error.description();
  const bool is_about_value = what.find("value type") != what.npos;
  return fmt::format("{}.{}", what, is_about_value ? " A text stands in quotation marks." : "");
}

// Takes the tables of a text apart.
class Collector {
 public:
  explicit Collector(const Places& places) : places_(places) {}

  // Toml++ has them by their names.
  void take(const toml::table& table, const std::string& section) {
    for (const auto& [key, node] : table)
      if (const toml::table* inner = node.as_table(); inner != nullptr && !inner->is_inline())
        take_section(*inner, within(section, key.str()));
      else
        take_entry(key, node, section);
  }

  std::expected<ConfigParts, ConfigMistake> result() && {
    if (mistake_)
      return std::unexpected(std::move(*mistake_));
    for (auto& [begin, section] : sections_)
      parts_.sections.push_back(std::move(section));
    std::ranges::sort(parts_.entries, {}, &ConfigEntry::begin);
    return std::move(parts_);
  }

 private:
  void take_section(const toml::table& table, const std::string& name) {
    // Of [a.b] it tells the same place for a and, later, for a.b; b.c = 1 has no brackets.
    const std::size_t begin = places_.offset_of(table.source().begin);
    if (places_.at(begin) == '[')
      sections_.insert_or_assign(begin,
                                 ConfigSection{name, begin, places_.offset_of(table.source().end)});
    take(table, name);
  }

  void take_entry(const toml::key& key, const toml::node& node, const std::string& section) {
    const toml::source_region& source = key.source();
    auto value = value_of(node);
    if (!value)
      return refuse(source.begin.line, key.str());
    parts_.entries.push_back({section, std::string(key.str()), std::move(*value), source.begin.line,
                              places_.first_of_line(source.begin), places_.offset_of(source.begin),
                              places_.offset_of(node.source().begin),
                              places_.offset_of(node.source().end)});
  }

  // The first mistake in the text is told.
  void refuse(std::size_t line, std::string_view name) {
    if (!mistake_ || line < mistake_->line)
      mistake_ = ConfigMistake{
          line, fmt::format("{} is no text, whole number, true, false, nor a list of them.", name)};
  }

  const Places& places_;
  ConfigParts parts_;
  std::map<std::size_t, ConfigSection> sections_;
  std::optional<ConfigMistake> mistake_;
};

}  // namespace

std::expected<ConfigParts, ConfigMistake> read_config(std::string_view text) {
  try {
    const toml::table table = toml::parse(text);
    const Places places(text);
    Collector collector(places);
    collector.take(table, "");
    return std::move(collector).result();
  } catch (const toml::parse_error& error) {
    return std::unexpected(ConfigMistake{error.source().begin.line, sentence_of(error)});
  }
}

}  // namespace chat::client
