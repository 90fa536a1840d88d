// The input line: an editor with a history and completion.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/completion.hpp"
#include "client/editor.hpp"
#include "client/history.hpp"

namespace chat::client {

// A plain value.
class Prompt {
 public:
  const Editor& editor() const { return editor_; }
  const std::string& text() const { return editor_.text(); }

  // Puts text in at the cursor. False, and nothing happens, when the line is full.
  bool type(std::string_view text);
  // Moves or erases.
  void edit(void (Editor::*change)());
  // Walks through what was entered.
  void history_up();
  void history_down();
  // Completes the word before the cursor, pressed again with the next of its candidates.
  void complete(const std::vector<std::string>& names);

  // The line was entered: keeps it in the history and begins an empty one.
  void accept();
  // The line was a nickname: begins an empty one and keeps nothing.
  void discard();
  // Keeps a line in the history that was not sent after all.
  void remember(std::string line) { history_.add(std::move(line)); }
  // Begins with a text to correct. What was being typed goes into the history.
  void offer(std::string text);

 private:
  void recall(std::optional<std::string> line);

  Editor editor_;
  History history_;
  Completion completion_;
};

}  // namespace chat::client
