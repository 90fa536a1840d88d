// Which part of a message that was found is shown where there is no room for all of it.
#pragma once

#include <string>
#include <string_view>

#include "client/units.hpp"

namespace chat::client {

// `head` and `text` in a row, if that fits into `width` or shows the first of the `words` in it;
// otherwise with an ellipsis for what is left out before that word, also the head when that would
// take much of the row. It may still be too wide: then its end is what does not fit.
//
// Words match as the server's do: whatever their case and accents, the last one as the beginning of
// a word, too. Needs use_utf8_locale().
std::string found_part(std::string_view head, std::string_view text, std::string_view words,
                       Columns width);

}  // namespace chat::client
