// Completing the word before the cursor with Tab.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/editor.hpp"

namespace chat::client {

// What words may be completed to, those that are likelier first.
struct Vocabulary {
  std::vector<std::string> names;  // of people
  std::vector<std::string> rooms;
  std::vector<std::string> partners{};  // those with whom there is a conversation
  std::vector<std::string> settings{};
  std::map<std::string, std::vector<std::string>, std::less<>> values{};  // of settings
  std::vector<std::string> keys{};
  std::vector<std::string> actions{};
};

// What a word could become.
struct Candidates {
  std::size_t begin = 0;  // offset of the word in the text, in bytes
  std::vector<std::string> words;
};

// The candidates for the word that ends where `text` ends: commands for a "/..." at its start; what
// a command wants behind it (command::Description); else those of the names that
// begin with the word, upper or lower case alike. A name at the start of the text gets a colon; "@"
// before it stays. An empty word has candidates only as the argument of a command.
Candidates candidates_for(std::string_view text, const Vocabulary& vocabulary);

// Puts one candidate after the other into an editor. Whatever else changes the editor must end it
// by reset().
class Completion {
 public:
  enum class Direction { forwards, backwards };

  // One press of Tab. False when there is nothing to complete.
  bool next(Editor& editor, const Vocabulary& vocabulary, Direction direction);
  void reset() { round_.reset(); }

 private:
  struct Round {
    Candidates candidates;
    std::size_t shown;  // index of the candidate that stands in the text
  };
  std::optional<Round> round_;
};

}  // namespace chat::client
