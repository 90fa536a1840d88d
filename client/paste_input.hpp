// A text from the bytes that a terminal sends of a paste.
#pragma once

#include <cstddef>
#include <string>

#include "client/utf8_input.hpp"

namespace chat::client {

// Line breaks are '\n', however they came; tabs are blanks; other control characters, and what is
// not UTF-8, are left out, and so are line breaks at the end. A plain value.
class PasteInput {
 public:
  // What a terminal sends behind a paste.
  static constexpr const char* kEnd = "\033[201~";
  // More is not kept; one more byte than that tells that there was more.
  static constexpr std::size_t kMaxBytes = 1024 * 1024;

  void take(unsigned char byte);
  // Whether the last bytes were kEnd: nobody else may have recognised it when it came in pieces.
  bool has_ended() const { return has_ended_; }
  // Without kEnd.
  std::string text() const;

 private:
  void add(const std::string& character);

  Utf8Input characters_;
  std::string text_;
  std::size_t matched_ = 0;  // bytes of kEnd that have come last
  bool has_ended_ = false;
  bool was_return_ = false;
};

}  // namespace chat::client
