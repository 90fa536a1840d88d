// Breaking a line of text into rows of the screen.
#pragma once

#include <string_view>
#include <vector>

#include "client/units.hpp"

namespace chat::client {

// The rows of `text`, the first at most `first` columns wide and the others at most `next`. Breaks
// at spaces, which are dropped there, and inside words that are wider than a row; never inside a
// grapheme cluster. At least one row, and at least one cluster in each, so that a cluster wider
// than its row stands alone. The views live as long as the text. Precondition: first, next > 0.
std::vector<std::string_view> wrap(std::string_view text, Columns first, Columns next);

}  // namespace chat::client
