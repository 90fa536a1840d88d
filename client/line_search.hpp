// What is looked for in the lines of a room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/urls.hpp"

namespace chat::client {

// A plain value.
class LineSearch {
 public:
  enum class Result { found, nothing_older, nothing_newer };

  // `was_at_end`: the end of the room was shown when this began.
  explicit LineSearch(bool was_at_end) : was_at_end_(was_at_end) {}

  const std::string& words() const { return words_; }
  bool was_at_end() const { return was_at_end_; }
  // Of the last look for it.
  Result result() const { return result_; }
  void came_to(Result result) { result_ = result; }

  // False, and nothing happens, when it would be longer than anything that was said.
  bool add(std::string_view text);
  // Without its last cluster.
  void erase();

  // Whether the text has it, whatever its case; no text has nothing.
  bool is_in(std::string_view text) const;
  // Where, without overlaps, at the boundaries of clusters.
  std::vector<TextSpan> parts_of(std::string_view text) const;

 private:
  std::string words_;
  std::u32string folded_;
  bool was_at_end_;
  Result result_ = Result::found;
};

}  // namespace chat::client
