// The text that is being entered and the cursor in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "client/undo.hpp"

namespace chat::client {

// More than any message, so that one that is too long can be shortened; bounded, so that a paste
// by mistake costs nothing.
inline constexpr std::size_t kMaxInputBytes = 16 * 1024;

// UTF-8 in one or several lines that moves and deletes by grapheme clusters. The cursor is an
// offset in bytes and always stands between two clusters. Words are what white space divides. A
// plain value.
class Editor {
 public:
  const std::string& text() const { return text_; }
  std::size_t cursor() const { return cursor_; }
  bool empty() const { return text_.empty(); }

  // At the cursor, which moves behind it. False, and nothing happens, when the text would get
  // longer than kMaxInputBytes. What is typed in a row is taken back in one step, what is inserted
  // in a step of its own.
  bool type(std::string_view text);
  bool insert(std::string_view text);
  // Replaces the bytes [begin, end), which must be cluster boundaries; the cursor moves behind the
  // new text.
  void replace(std::size_t begin, std::size_t end, std::string_view text);
  // Begins with another text, of which nothing can be taken back; the cursor moves to its end.
  void set(std::string text);

  void left();
  void right();
  void word_left();
  void word_right();
  // Of the line that the cursor is in.
  void home() { cursor_ = line_begin(); }
  void end() { cursor_ = line_end(); }
  void to_begin() { cursor_ = 0; }
  void to_end() { cursor_ = text_.size(); }
  // To the cluster boundary at this offset, or behind the cluster that it is in.
  void move_to(std::size_t offset) { place_cursor(offset); }

  // These give back what they erased.
  std::string erase_left();
  std::string erase_right();
  std::string erase_word_left();
  std::string erase_word_right();
  // Of the line; when there is nothing left of it in that direction, the line break.
  std::string erase_to_start();
  std::string erase_to_end();

  // What was changed last is as it was before; and changed again.
  void undo();
  void redo();

 private:
  std::string_view before() const { return std::string_view(text_).substr(0, cursor_); }
  std::string_view behind() const { return std::string_view(text_).substr(cursor_); }
  std::size_t line_begin() const { return before().rfind('\n') + 1; }  // npos + 1 is 0
  std::size_t line_end() const;
  Change change_for(std::size_t begin, std::size_t end, std::string_view text) const;
  void make(const Change& change);
  std::string erase(std::size_t begin, std::size_t end);
  void place_cursor(std::size_t offset);

  std::string text_;
  std::size_t cursor_ = 0;
  UndoLog changes_;
};

}  // namespace chat::client
