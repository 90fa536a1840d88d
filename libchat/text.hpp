// What a text from outside needs before a person sees it: control characters made harmless, and
// the grapheme clusters that move and delete as one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chat {

// True for characters that would steer a terminal or the direction of the text around them: C0,
// DEL, C1, line and paragraph separators, and the bidirectional marks, embeddings, overrides and
// isolates (UAX #9).
bool is_control(char32_t code_point);

// The text with every such character replaced by a visible one: C0 and DEL by their control
// pictures (U+2400 and following), the others, and bytes that are not UTF-8, by U+FFFD.
std::string harmless(std::string_view text);

// Length in bytes of the extended grapheme cluster (UAX #29) at the front of a text; 0 only for an
// empty text.
std::size_t first_grapheme(std::string_view text);

// Length in bytes of the last cluster of a text; 0 only for an empty text.
std::size_t last_grapheme(std::string_view text);

}  // namespace chat
