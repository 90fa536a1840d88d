#include "client/folding.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>

#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char32_t lower(char c) {
  return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

}  // namespace

std::u32string folded(std::string_view text) {
  std::u32string all;
  all.reserve(text.size());
  // Most texts are, and thousands of them may be looked through for a key.
  if (is_ascii(text)) {
    for (const char c : text)
      all.push_back(lower(c));
    return all;
  }
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                                                           UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  utf8proc_uint8_t* mapped = nullptr;
  const auto bytes = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                  static_cast<utf8proc_ssize_t>(text.size()), &mapped, kOptions);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  if (bytes >= 0)
    text = {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(bytes)};
  while (!text.empty()) {
    const auto [c, size] = first_code_point(text);
    all.push_back(c);
    text.remove_prefix(size);
  }
  return all;
}

}  // namespace chat::client
