#include "client/prompt.hpp"

#include <utility>
#include <variant>

namespace chat::client {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

}  // namespace

bool Prompt::press(const Key& key, const std::vector<std::string>& names) {
  if (key != Key(NamedKey::tab))
    completion_.reset();
  return std::visit(Overloaded{[&](NamedKey named) { return press_named(named, names); },
                               [&](const Typed& typed) { return editor_.insert(typed.text); },
                               [&](Control control) { return press_control(control.letter); },
                               [&](Alt alt) { return press_alt(alt.character); }},
                    key);
}

void Prompt::accept() {
  history_.add(editor_.text());
  editor_.set({});
}

void Prompt::offer(std::string text) {
  if (!editor_.empty())
    history_.add(editor_.text());
  editor_.set(std::move(text));
}

bool Prompt::press_named(NamedKey key, const std::vector<std::string>& names) {
  const auto recall = [&](std::optional<std::string> line) {
    if (line)
      editor_.set(std::move(*line));
  };
  switch (key) {
    case NamedKey::tab:
      completion_.next(editor_, names);
      return true;
    case NamedKey::backspace:
      return editor_.erase_left(), true;
    case NamedKey::del:
      return editor_.erase_right(), true;
    case NamedKey::left:
      return editor_.left(), true;
    case NamedKey::right:
      return editor_.right(), true;
    case NamedKey::word_left:
      return editor_.word_left(), true;
    case NamedKey::word_right:
      return editor_.word_right(), true;
    case NamedKey::home:
      return editor_.home(), true;
    case NamedKey::end:
      return editor_.end(), true;
    case NamedKey::up:
      return recall(history_.up(editor_.text())), true;
    case NamedKey::down:
      return recall(history_.down()), true;
    default:
      return false;
  }
}

bool Prompt::press_control(char letter) {
  switch (letter) {
    case 'a':
      return editor_.home(), true;
    case 'b':
      return editor_.left(), true;
    case 'd':
      return editor_.erase_right(), true;
    case 'e':
      return editor_.end(), true;
    case 'f':
      return editor_.right(), true;
    case 'k':
      return editor_.erase_to_end(), true;
    case 'u':
      return editor_.erase_to_start(), true;
    case 'w':
      return editor_.erase_word_left(), true;
    default:
      return false;
  }
}

bool Prompt::press_alt(char32_t character) {
  switch (character) {
    case U'b':
      return editor_.word_left(), true;
    case U'f':
      return editor_.word_right(), true;
    case U'\x7F':
      return editor_.erase_word_left(), true;
    default:
      return false;
  }
}

}  // namespace chat::client
