// What in a message of somebody else should not be overlooked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chat::client {

// The user's nickname, and words that the user has chosen. A plain value.
class Highlights {
 public:
  // Each is a word, or several with spaces between them; "*" in it stands for up to 64
  // characters that are no spaces: "deploy*" is found in "deployed", "*board" in "keyboard". Empty
  // ones are ignored.
  explicit Highlights(const std::vector<std::string>& patterns = {});

  // Whether the text has the nickname or a pattern as whole words, whatever their case.
  bool are_in(std::string_view text, std::string_view nickname) const;

 private:
  std::vector<std::u32string> patterns_;  // folded
};

}  // namespace chat::client
