// The input line: an editor with a history and completion, and which key does what in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/completion.hpp"
#include "client/editor.hpp"
#include "client/history.hpp"
#include "client/key.hpp"

namespace chat::client {

// A plain value.
class Prompt {
 public:
  const Editor& editor() const { return editor_; }
  const std::string& text() const { return editor_.text(); }

  // Edits; `names` are those that Tab completes. False when the key is none of the input line's.
  bool press(const Key& key, const std::vector<std::string>& names);

  // The line was entered: keeps it in the history and begins an empty one.
  void accept();
  // The line was a nickname: begins an empty one and keeps nothing.
  void discard() { editor_.set({}); }
  // Begins with a text to correct. What was being typed goes into the history.
  void offer(std::string text);

 private:
  bool press_named(NamedKey key, const std::vector<std::string>& names);
  bool press_control(char letter);
  bool press_alt(char32_t character);

  Editor editor_;
  History history_;
  Completion completion_;
};

}  // namespace chat::client
