// What a person looks for, as SQLite's full-text search takes it.
#pragma once

#include <string>
#include <string_view>

namespace chat::store {

enum class LastWord { beginning, whole };

// Every word quoted, so that none is taken for an operator; empty when there is no word. Words
// behind the first kMostWords are left out. Any bytes may be given.
inline constexpr std::size_t kMostWords = 64;
std::string search_words(std::string_view text, LastWord last = LastWord::beginning);

}  // namespace chat::store
