// Comparing texts whatever their case.
#pragma once

#include <string>
#include <string_view>

namespace chat::client {

// The code points of a text as those of names are compared (NFKC_Casefold); of what is no UTF-8, a
// replacement for each byte.
std::u32string folded(std::string_view text);

}  // namespace chat::client
