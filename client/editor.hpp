// The text of the input line and the cursor in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chat::client {

// More than any message, so that one that is too long can be shortened; bounded, so that a paste
// by mistake costs nothing.
inline constexpr std::size_t kMaxInputBytes = 16 * 1024;

// A line of UTF-8 that moves and deletes by grapheme clusters. The cursor is an offset in bytes and
// always stands between two clusters. Words are what white space divides. A plain value.
class Editor {
 public:
  const std::string& text() const { return text_; }
  std::size_t cursor() const { return cursor_; }
  bool empty() const { return text_.empty(); }

  // At the cursor, which moves behind it. False, and nothing happens, when the line would get
  // longer than kMaxInputBytes.
  bool insert(std::string_view text);
  // Replaces the bytes [begin, end), which must be cluster boundaries; the cursor moves behind the
  // new text.
  void replace(std::size_t begin, std::size_t end, std::string_view text);
  // Replaces the whole line; the cursor moves to its end.
  void set(std::string text);

  void left();
  void right();
  void word_left();
  void word_right();
  void home() { cursor_ = 0; }
  void end() { cursor_ = text_.size(); }

  void erase_left();
  void erase_right();
  void erase_word_left();
  void erase_to_start();
  void erase_to_end();

 private:
  std::string_view before() const { return std::string_view(text_).substr(0, cursor_); }
  std::string_view behind() const { return std::string_view(text_).substr(cursor_); }
  void erase(std::size_t begin, std::size_t end);
  void place_cursor(std::size_t offset);

  std::string text_;
  std::size_t cursor_ = 0;
};

}  // namespace chat::client
