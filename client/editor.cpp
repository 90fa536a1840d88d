#include "client/editor.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "libchat/text.hpp"

namespace chat::client {
namespace {

bool is_space(std::string_view cluster) {
  return cluster == " " || cluster == "\n" || cluster == "\u00A0" || cluster == "\u3000";
}

}  // namespace

bool Editor::type(std::string_view text) {
  if (text_.size() + text.size() > kMaxInputBytes)
    return false;
  Change change = change_for(cursor_, cursor_, text);
  make(change);
  changes_.add_typed(std::move(change));
  return true;
}

bool Editor::insert(std::string_view text) {
  if (text_.size() + text.size() > kMaxInputBytes)
    return false;
  replace(cursor_, cursor_, text);
  return true;
}

void Editor::replace(std::size_t begin, std::size_t end, std::string_view text) {
  assert(begin <= end && end <= text_.size());
  Change change = change_for(begin, end, text);
  make(change);
  if (begin != end || !text.empty())
    changes_.add(std::move(change));
}

void Editor::set(std::string text) {
  text_ = std::move(text);
  changes_ = {};
  to_end();
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

std::string Editor::erase_left() {
  return erase(cursor_ - last_grapheme(before()), cursor_);
}

std::string Editor::erase_right() {
  return erase(cursor_, cursor_ + first_grapheme(behind()));
}

std::string Editor::erase_word_left() {
  const std::size_t end = cursor_;
  word_left();
  return erase(std::exchange(cursor_, end), end);
}

std::string Editor::erase_word_right() {
  const std::size_t begin = cursor_;
  word_right();
  return erase(begin, std::exchange(cursor_, begin));
}

std::string Editor::erase_to_start() {
  const std::size_t begin = line_begin();
  return begin == cursor_ ? erase_left() : erase(begin, cursor_);
}

std::string Editor::erase_to_end() {
  const std::size_t end = line_end();
  return end == cursor_ ? erase_right() : erase(cursor_, end);
}

void Editor::undo() {
  const auto change = changes_.undo();
  if (!change)
    return;
  text_.replace(change->at, change->inserted.size(), change->removed);
  cursor_ = change->cursor;
}

void Editor::redo() {
  if (const auto change = changes_.redo())
    make(*change);
}

std::size_t Editor::line_end() const {
  return std::min(text_.find('\n', cursor_), text_.size());
}

Change Editor::change_for(std::size_t begin, std::size_t end, std::string_view text) const {
  return {.at = begin,
          .removed = text_.substr(begin, end - begin),
          .inserted = std::string(text),
          .cursor = cursor_};
}

void Editor::make(const Change& change) {
  text_.replace(change.at, change.removed.size(), change.inserted);
  place_cursor(change.at + change.inserted.size());
}

std::string Editor::erase(std::size_t begin, std::size_t end) {
  std::string erased = text_.substr(begin, end - begin);
  replace(begin, end, {});
  return erased;
}

// Where clusters begin can change with their neighbours: an accent typed behind a letter joins it.
// Then the cursor goes to the end of the cluster it would stand in.
void Editor::place_cursor(std::size_t offset) {
  for (cursor_ = 0; cursor_ < offset;)
    right();
}

}  // namespace chat::client
