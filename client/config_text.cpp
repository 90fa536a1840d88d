#include "client/config_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chat::client {
namespace {

std::string line_of(std::string_view name, std::string_view value) {
  return fmt::format("{} = {}\n", is_bare_name(name) ? std::string(name) : in_quotes(name), value);
}

std::size_t line_begin(std::string_view text, std::size_t offset) {
  return offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;  // npos + 1 is 0
}

// Of the next line, or the end of the text.
std::size_t line_end(std::string_view text, std::size_t offset) {
  const auto end = text.find('\n', offset);
  return end == text.npos ? text.size() : end + 1;
}

// "servers.work." of servers.work.nick
std::string section_before(std::string_view text, const ConfigEntry& entry) {
  return std::string(text.substr(entry.begin, entry.name_begin - entry.begin));
}

bool is_comment(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  return first != line.npos && line[first] == '#';
}

}  // namespace

std::expected<ConfigText, ConfigMistake> ConfigText::parse(std::string text) {
  auto parts = read_config(text);
  if (!parts)
    return std::unexpected(std::move(parts.error()));
  return ConfigText(std::move(text), std::move(*parts));
}

const ConfigEntry* ConfigText::find(std::string_view section, std::string_view name) const {
  const auto found = std::ranges::find_if(parts_.entries, [&](const ConfigEntry& entry) {
    return entry.section == section && entry.name == name;
  });
  return found == parts_.entries.end() ? nullptr : &*found;
}

std::string ConfigText::with(std::string_view section, std::string_view name,
                             std::string_view value) const {
  if (const ConfigEntry* entry = find(section, name))
    return text_.substr(0, entry->value_begin) + std::string(value) + text_.substr(entry->end);
  const std::string line = line_of(name, value);
  const auto& entries = parts_.entries;
  const auto last =
      std::ranges::find(entries.rbegin(), entries.rend(), section, &ConfigEntry::section);
  if (last != entries.rend())
    return with_line_at(line_end(text_, last->end), section_before(text_, *last) + line);
  if (section.empty())
    return with_first_line(line);
  const auto header = std::ranges::find(parts_.sections, section, &ConfigSection::name);
  if (header != parts_.sections.end())
    return with_line_at(line_end(text_, header->end), line);
  const std::string_view gap = text_.empty() ? "" : "\n";
  return with_line_at(text_.size(), fmt::format("{}[{}]\n{}", gap, section, line));
}

// `offset` is where a line begins or the text ends, with or without a line break.
std::string ConfigText::with_line_at(std::size_t offset, const std::string& line) const {
  const std::string_view before = std::string_view(text_).substr(0, offset);
  const bool is_cut = !before.empty() && !before.ends_with('\n');
  return fmt::format("{}{}{}{}", before, is_cut ? "\n" : "", line, text_.substr(offset));
}

// Above the first section and the comments that belong to it.
std::string ConfigText::with_first_line(const std::string& line) const {
  if (parts_.sections.empty())
    return with_line_at(text_.size(), line);
  const std::string_view text = text_;
  std::size_t offset = parts_.sections.front().begin;
  while (offset > 0) {
    const std::size_t above = line_begin(text, offset - 1);
    if (!is_comment(text.substr(above, offset - above)))
      break;
    offset = above;
  }
  return with_line_at(offset, line + "\n");
}

std::string ConfigText::without(std::string_view section, std::string_view name) const {
  const ConfigEntry* entry = find(section, name);
  if (entry == nullptr)
    return text_;
  return text_.substr(0, line_begin(text_, entry->begin)) +
         text_.substr(line_end(text_, entry->end));
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F')
      result += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      result += c;
  }
  return result + "\"";
}

bool is_bare_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

}  // namespace chat::client
