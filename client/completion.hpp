// Completing the word before the cursor with Tab.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/editor.hpp"

namespace chat::client {

// What a word could become.
struct Candidates {
  std::size_t begin = 0;  // offset of the word in the line, in bytes
  std::vector<std::string> words;
};

// The candidates for the word that ends where `line` ends: commands for a "/..." at its start,
// else those of `names` that begin with the word, upper or lower case alike; "@" before a name at
// the start of the line stays. An empty word has candidates only behind "/msg ".
Candidates candidates_for(std::string_view line, const std::vector<std::string>& names);

// Puts one candidate after the other into an editor. Whatever else
// changes the editor must end it by reset().
class Completion {
 public:
  // One press of Tab. False when there is nothing to complete.
  bool next(Editor& editor, const std::vector<std::string>& names);
  void reset() { round_.reset(); }

 private:
  struct Round {
    Candidates candidates;
    std::size_t shown;  // index of the candidate that stands in the line
  };
  std::optional<Round> round_;
};

}  // namespace chat::client
