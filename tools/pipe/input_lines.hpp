// Standard input as texts that can be said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chat::pipe {

struct InputText {
  std::uint64_t line;  // of the input, from 1
  std::string text;
};

// Takes any split of the bytes. A line is a text; one that is too long becomes several, parted
// between grapheme clusters, and one that is blank none. What would steer a terminal, and what is
// no UTF-8, is replaced (libchat/text.hpp, harmless()), a tab by blanks up to the next column that
// a terminal has for it. A plain value.
class InputLines {
 public:
  // Texts have at most so many bytes, whatever is asked for.
  static constexpr std::size_t kLeastText = 16;

  // False while so much waits to be taken that more should stay where it is.
  bool wants_bytes() const { return !ended_ && bytes_.size() - begin_ < kEnough; }
  void feed(std::string_view bytes);
  // There is no more: what comes behind the last line break is a line, too.
  void end() { ended_ = true; }
  // Whether there is nothing left to take, and never will be.
  bool is_over() const { return ended_ && begin_ == bytes_.size(); }

  // The next text, with at most `most` bytes (or kLeastText, if that is more). Nothing while there
  // is no whole one.
  std::optional<InputText> take(std::size_t most);

 private:
  // Much more than a text: a line that goes on beyond it is not waited for.
  static constexpr std::size_t kEnough = 64 * 1024;

  std::string bytes_;
  std::size_t begin_ = 0;  // of what was not taken
  std::uint64_t line_ = 1;
  std::size_t column_ = 0;  // in this line, if every cluster had one
  bool ended_ = false;
};

}  // namespace chat::pipe
