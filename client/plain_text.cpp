#include "client/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "client/glyph.hpp"
#include "client/wording.hpp"

namespace chat::client {
namespace {

// "<Lisa> hello" would be read out with the angle brackets.
std::string spoken(const Line& line) {
  const std::size_t begin = line.author.begin;
  const std::size_t end = begin + line.author.bytes;
  const std::string_view text = line.text;
  if (begin != 1 || end >= text.size() || text[0] != '<' || text[end] != '>')
    return line.text;
  return fmt::format("{}:{}", text.substr(begin, end - begin), text.substr(end + 1));
}

void append_row(std::string& to, std::string_view row) {
  while (!row.empty())
    to += glyph_of(take_cluster(row)).text;
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string plain;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    append_row(plain, text.substr(0, end));
    if (end == text.size())
      return plain;
    plain += "\n  ";
    text.remove_prefix(end + 1);
  }
}

std::string plain_line(const Line& line, std::string_view room, bool with_time) {
  std::string text;
  if (with_time && line.time != WallTime{})
    text = clock_of(line.time) + " ";
  if (!room.empty())
    text += fmt::format("[{}] ", room);
  return plain_text(text + spoken(line));
}

std::string plain_hit(const protocol::SearchHit& hit, std::string_view place) {
  const Line line = said_line(LineKind::hit, hit.time, hit.kind, hit.nickname, hit.text);
  return plain_text(fmt::format("{} {} {}", date_and_clock(hit.time), place, spoken(line)));
}

}  // namespace chat::client
