// What somebody means who types a few letters of it.
#pragma once

#include <optional>
#include <string_view>

namespace chat::client {

// How well a pattern fits a text: its characters must stand in the text, in their order. More is
// better: for the beginning of the text, then of its words, then for characters in a row; and of
// texts that fit alike, for the shorter one. Nothing when it does not fit. Upper and lower case are
// the same as far as names are; both are UTF-8.
std::optional<int> fuzzy_score(std::string_view pattern, std::string_view text);

}  // namespace chat::client
