// Breaking a line of text into rows of the screen.
#pragma once

#include <string_view>
#include <vector>

#include "client/units.hpp"

namespace chat::client {

// The rows of `text`, the first at most `first` columns wide and the others at most `next`. A line
// break in the text begins a new one. Otherwise a row ends at spaces, which are dropped there,
// before what is two columns wide, as Chinese and Japanese are written, and inside words that are
// wider than a row; in the address of a web page (urls.hpp) only when that alone is wider. Never
// inside a grapheme cluster, unless that is wider than kMaxGlyphWidth (glyph.hpp). At least one
// row, and no empty one but for line breaks; a cluster wider than its row stands alone. The views
// live as long as the text. Precondition: first, next > 0.
std::vector<std::string_view> wrap(std::string_view text, Columns first, Columns next);

}  // namespace chat::client
