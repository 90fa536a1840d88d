#include "client/editor.hpp"

#include <cassert>
#include <utility>

#include "libchat/text.hpp"

namespace chat::client {
namespace {

bool is_space(std::string_view cluster) {
  return cluster == " " || cluster == "\u00A0" || cluster == "\u3000";
}

}  // namespace

bool Editor::insert(std::string_view text) {
  if (text_.size() + text.size() > kMaxInputBytes)
    return false;
  replace(cursor_, cursor_, text);
  return true;
}

void Editor::replace(std::size_t begin, std::size_t end, std::string_view text) {
  assert(begin <= end && end <= text_.size());
  text_.replace(begin, end - begin, text);
  place_cursor(begin + text.size());
}

void Editor::set(std::string text) {
  text_ = std::move(text);
  end();
}

void Editor::left() {
  cursor_ -= last_grapheme(before());
}

void Editor::right() {
  cursor_ += first_grapheme(behind());
}

void Editor::word_left() {
  // Forwards: only from the front is it known where clusters begin.
  std::size_t word = 0;
  bool in_space = true;
  for (std::string_view rest = before(); !rest.empty();) {
    const std::string_view cluster = rest.substr(0, first_grapheme(rest));
    if (in_space && !is_space(cluster))
      word = cursor_ - rest.size();
    in_space = is_space(cluster);
    rest.remove_prefix(cluster.size());
  }
  cursor_ = word;
}

void Editor::word_right() {
  const auto at_space = [&] { return is_space(behind().substr(0, first_grapheme(behind()))); };
  while (cursor_ < text_.size() && at_space())
    right();
  while (cursor_ < text_.size() && !at_space())
    right();
}

void Editor::erase_left() {
  erase(cursor_ - last_grapheme(before()), cursor_);
}

void Editor::erase_right() {
  erase(cursor_, cursor_ + first_grapheme(behind()));
}

void Editor::erase_word_left() {
  const std::size_t end = cursor_;
  word_left();
  erase(cursor_, end);
}

void Editor::erase_to_start() {
  erase(0, cursor_);
}

void Editor::erase_to_end() {
  erase(cursor_, text_.size());
}

void Editor::erase(std::size_t begin, std::size_t end) {
  replace(begin, end, {});
}

// Where clusters begin can change with their neighbours: an accent typed behind a letter joins it.
// Then the cursor goes to the end of the cluster it would stand in.
void Editor::place_cursor(std::size_t offset) {
  for (cursor_ = 0; cursor_ < offset;)
    right();
}

}  // namespace chat::client
