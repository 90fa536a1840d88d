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

struct Shown {
  char32_t code_point;
  Columns width;
};

// A replacement for what wcwidth(3) does not know.
Shown shown(char32_t code_point) {
  const int width = ::wcwidth(static_cast<wchar_t>(code_point));
  return width < 0 ? Shown{kReplacement, Columns{1}} : Shown{code_point, Columns{width}};
}

bool is_printable_ascii(char character) {
  return character >= 0x20 && character < 0x7F;
}

// At least 1, and then what is at most kMaxGlyphWidth wide, of a cluster.
std::size_t bytes_for_glyph(std::string_view cluster) {
  Columns width;
  std::size_t taken = 0;
  while (taken < cluster.size()) {
    const auto [c, bytes] = first_code_point(cluster.substr(taken));
    width += shown(c).width;
    if (taken > 0 && width > kMaxGlyphWidth)
      break;
    taken += bytes;
  }
  return taken;
}

}  // namespace

Glyph glyph_of(std::string_view cluster) {
  if (cluster.size() == 1 && is_printable_ascii(cluster.front()))
    return plain(cluster.front());
  Glyph glyph;
  const std::string safe = harmless(cluster);
  for (std::string_view rest = safe; !rest.empty();) {
    const auto [c, bytes] = first_code_point(rest);
    rest.remove_prefix(bytes);
    auto [code_point, width] = shown(c);
    if (width == Columns{0} && glyph.text.empty()) {
      append_utf8(glyph.text, kDottedCircle);
      width = Columns{1};
    }
    append_utf8(glyph.text, code_point);
    glyph.width += width;
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
  // A code point that is cut in two counts as no part of the cluster before it.
  const auto whole = text.substr(0, first_grapheme(text.substr(0, kMaxGlyphBytes)));
  const auto cluster = whole.substr(0, bytes_for_glyph(whole));
  text.remove_prefix(cluster.size());
  return cluster;
}

}  // namespace chat::client
