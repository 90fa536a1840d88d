// Looking for a line that was entered before, letter by letter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "client/editor.hpp"
#include "client/history.hpp"

namespace chat::client {

// As readline(3) does at Ctrl-R. What is found stands in an editor, which is as it was before when
// the search is given up. A plain value.
class HistorySearch {
 public:
  explicit HistorySearch(Editor before) : before_(std::move(before)) {}

  // More of what is looked for, or less; or the same further back.
  void type(std::string_view text, const History& history, Editor& editor);
  void erase(const History& history, Editor& editor);
  void go_older(const History& history, Editor& editor);

  const std::string& words() const { return words_; }
  // Whether the last step found nothing.
  bool has_failed() const { return has_failed_; }
  const Editor& before() const { return before_; }

 private:
  void find_from(std::size_t back, const History& history, Editor& editor);

  Editor before_;
  std::string words_;
  std::size_t back_ = 1;
  bool has_failed_ = false;
};

}  // namespace chat::client
