#include "client/prompt.hpp"

#include <utility>

namespace chat::client {

bool Prompt::type(std::string_view text) {
  completion_.reset();
  return editor_.insert(text);
}

void Prompt::edit(void (Editor::*change)()) {
  completion_.reset();
  (editor_.*change)();
}

void Prompt::history_up() {
  completion_.reset();
  recall(history_.up(editor_.text()));
}

void Prompt::history_down() {
  completion_.reset();
  recall(history_.down());
}

void Prompt::complete(const std::vector<std::string>& names) {
  completion_.next(editor_, names);
}

void Prompt::accept() {
  history_.add(editor_.text());
  discard();
}

void Prompt::discard() {
  completion_.reset();
  editor_.set({});
}

void Prompt::offer(std::string text) {
  completion_.reset();
  if (!editor_.empty())
    history_.add(editor_.text());
  editor_.set(std::move(text));
}

void Prompt::recall(std::optional<std::string> line) {
  if (line)
    editor_.set(std::move(*line));
}

}  // namespace chat::client
