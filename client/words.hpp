// The words of a text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace chat::client {

// Without the spaces at its ends.
inline std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == text.npos)
    return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// What stands between spaces.
inline std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (!word.empty())
      words.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return words;
}

}  // namespace chat::client
