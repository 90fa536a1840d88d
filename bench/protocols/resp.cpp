#include "bench/protocols/resp.hpp"

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/lines.hpp"

namespace chat::bench {
namespace {

constexpr int kMaxDepth = 8;
constexpr std::string_view kOneLine = "+-:_#,(";
constexpr std::string_view kCountedBytes = "$!=";
constexpr std::string_view kCountedValues = "*~>";
constexpr std::string_view kCountedPairs = "%|";

bool is_one_of(char type, std::string_view types) {
  return types.find(type) != types.npos;
}

// Takes a value off the front; false when it is no value. `text` ends up null, not only empty, when
// the value is not complete.
bool skip(std::string_view& text, int depth);

bool skip_values(std::string_view& text, std::size_t count, int depth) {
  for (; count > 0 && text.data() != nullptr; --count)
    if (!skip(text, depth + 1))
      return false;
  return true;
}

bool skip_bytes(std::string_view& text, std::size_t count) {
  constexpr std::size_t kLineEnd = 2;
  if (text.size() < count + kLineEnd)
    text = {};
  else
    text.remove_prefix(count + kLineEnd);
  return true;
}

bool skip(std::string_view& text, int depth) {
  const auto line = take_line(text);
  if (!line) {
    text = {};
    return true;
  }
  if (line->empty() || depth > kMaxDepth)
    return false;
  const char type = line->front();
  if (is_one_of(type, kOneLine) || *line == "$-1" || *line == "*-1")
    return true;
  const auto count = decimal(line->substr(1));
  if (!count || *count > kMaxIncomplete)
    return false;
  if (is_one_of(type, kCountedBytes))
    return skip_bytes(text, *count);
  if (is_one_of(type, kCountedValues))
    return skip_values(text, *count, depth);
  return is_one_of(type, kCountedPairs) && skip_values(text, 2 * *count, depth);
}

}  // namespace

std::optional<std::size_t> resp_value_at_front(std::string_view text) {
  std::string_view rest = text;
  if (!skip(rest, 0))
    return std::nullopt;
  return rest.data() == nullptr ? 0 : text.size() - rest.size();
}

std::string_view first_string_of(std::string_view value) {
  take_line(value);
  const auto length = take_line(value);
  const auto bytes = length && length->starts_with('$') ? decimal(length->substr(1)) : std::nullopt;
  return bytes ? value.substr(0, *bytes) : std::string_view();
}

}  // namespace chat::bench
