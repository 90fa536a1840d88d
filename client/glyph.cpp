#include "client/glyph.hpp"

#include <wchar.h>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

constexpr char32_t kReplacement = U'\uFFFD';
constexpr char32_t kDottedCircle = U'\u25CC';

Glyph plain(char character) {
  return {std::string(1, character), Columns{1}};
}

bool is_printable_ascii(char character) {
  return character >= 0x20 && character < 0x7F;
}

}  // namespace

Glyph glyph_of(std::string_view cluster) {
  if (cluster.size() == 1 && is_printable_ascii(cluster.front()))
    return plain(cluster.front());
  Glyph glyph;
  const std::string safe = harmless(cluster);
  for (std::string_view rest = safe; !rest.empty();) {
    auto [c, bytes] = first_code_point(rest);
    rest.remove_prefix(bytes);
    int width = ::wcwidth(static_cast<wchar_t>(c));
    if (width < 0) {
      c = kReplacement;
      width = 1;
    }
    if (width == 0 && glyph.text.empty()) {
      append_utf8(glyph.text, kDottedCircle);
      width = 1;
    }
    append_utf8(glyph.text, c);
    glyph.width += Columns{width};
  }
  return glyph;
}

Columns width_of(std::string_view text) {
  Columns width;
  while (!text.empty())
    width += glyph_of(take_cluster(text)).width;
  return width;
}

std::string_view take_cluster(std::string_view& text) {
  const auto cluster = text.substr(0, first_grapheme(text));
  text.remove_prefix(cluster.size());
  return cluster;
}

}  // namespace chat::client
