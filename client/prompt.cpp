#include "client/prompt.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace chat::client {
namespace {

struct Binding {
  Key key;
  void (Editor::*edit)();
};

// As in readline(3).
const std::array kBindings = {
    Binding{NamedKey::left, &Editor::left},
    Binding{Control{'b'}, &Editor::left},
    Binding{NamedKey::right, &Editor::right},
    Binding{Control{'f'}, &Editor::right},
    Binding{NamedKey::word_left, &Editor::word_left},
    Binding{Alt{U'b'}, &Editor::word_left},
    Binding{NamedKey::word_right, &Editor::word_right},
    Binding{Alt{U'f'}, &Editor::word_right},
    Binding{NamedKey::home, &Editor::home},
    Binding{Control{'a'}, &Editor::home},
    Binding{NamedKey::end, &Editor::end},
    Binding{Control{'e'}, &Editor::end},
    Binding{NamedKey::backspace, &Editor::erase_left},
    Binding{NamedKey::del, &Editor::erase_right},
    Binding{Control{'d'}, &Editor::erase_right},
    Binding{Control{'w'}, &Editor::erase_word_left},
    Binding{Alt{U'\x7F'}, &Editor::erase_word_left},  // Alt-Backspace
    Binding{Control{'u'}, &Editor::erase_to_start},
    Binding{Control{'k'}, &Editor::erase_to_end},
};

}  // namespace

bool Prompt::type(std::string_view text) {
  completion_.reset();
  return editor_.insert(text);
}

void Prompt::press(const Key& key) {
  completion_.reset();
  if (const auto found = std::ranges::find(kBindings, key, &Binding::key); found != kBindings.end())
    (editor_.*found->edit)();
  else if (key == Key(NamedKey::up))
    recall(history_.up(editor_.text()));
  else if (key == Key(NamedKey::down))
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
