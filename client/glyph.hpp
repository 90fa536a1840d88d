// What a terminal shows of a text: its grapheme clusters, each with a width in columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "client/units.hpp"

namespace chat::client {

// Of the emoji that people can choose (RGI, UTS #51) the widest is two people who kiss, each with a
// tone of the skin: four parts and two tones.
inline constexpr Columns kMaxGlyphWidth{11};

// Nobody writes so many marks on a letter, and a hostile text must not take long to divide.
inline constexpr std::size_t kMaxGlyphBytes = 128;

struct Glyph {
  std::string text;
  Columns width;  // at least 1
};

// How a grapheme cluster is shown. This is the one gate between texts and the screen: what comes
// out never controls a terminal and never changes another cell. Control characters and code points
// that wcwidth(3) does not know become visible replacements (libchat/text.hpp, harmless()), and a
// combining mark without a base gets a dotted circle to stand on.
//
// The width is the sum of wcwidth(3) over the code points, as ncurses counts it; needs
// use_utf8_locale(). Precondition: a cluster as from take_cluster(), not empty.
Glyph glyph_of(std::string_view cluster);

// The width of a text shown glyph by glyph.
Columns width_of(std::string_view text);

// Takes the first cluster off the front of a text that is not empty; of one that is wider than
// kMaxGlyphWidth, such as an endless emoji sequence, or longer than kMaxGlyphBytes, only a part: no
// row could show it.
std::string_view take_cluster(std::string_view& text);

}  // namespace chat::client
