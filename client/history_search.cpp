#include "client/history_search.hpp"

#include "libchat/text.hpp"

namespace chat::client {

void HistorySearch::type(std::string_view text, const History& history, Editor& editor) {
  if (words_.size() + text.size() > kMaxInputBytes)
    return;
  words_ += text;
  find_from(back_, history, editor);
}

void HistorySearch::erase(const History& history, Editor& editor) {
  words_.resize(words_.size() - last_grapheme(words_));
  find_from(1, history, editor);
}

void HistorySearch::go_older(const History& history, Editor& editor) {
  if (!words_.empty())
    find_from(back_ + 1, history, editor);
}

// What was found before stays when nothing else is.
void HistorySearch::find_from(std::size_t back, const History& history, Editor& editor) {
  if (words_.empty()) {
    has_failed_ = false;
    back_ = 1;
    editor = before_;
    return;
  }
  const auto found = history.find(words_, back);
  has_failed_ = !found;
  if (!found)
    return;
  back_ = *found;
  editor.set(history.line(*found));
}

}  // namespace chat::client
