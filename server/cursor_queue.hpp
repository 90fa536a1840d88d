#pragma once

#include <utility>

#include "server/room_view.hpp"

namespace chat::server {

// The cursors of one connection that have something to send, in turn. Linked through the cursors,
// so that an idle connection pays one pointer for it. A cursor is in one queue at most, and must be
// removed before it is destroyed.
class CursorQueue {
 public:
  bool empty() const { return last_ == nullptr; }

  // Precondition: the cursor is in no queue.
  void push_back(Cursor& cursor) {
    // Circular: the last one points at the first.
    cursor.next_in_turn = empty() ? &cursor : std::exchange(last_->next_in_turn, &cursor);
    last_ = &cursor;
  }

  // Null when empty.
  Cursor* pop_front() {
    if (empty())
      return nullptr;
    Cursor* const first = last_->next_in_turn;
    if (first == last_)
      last_ = nullptr;
    else
      last_->next_in_turn = first->next_in_turn;
    first->next_in_turn = nullptr;
    return first;
  }

  template <class Visit>
  void for_each(Visit&& visit) const {
    if (empty())
      return;
    Cursor* cursor = last_;
    do {
      cursor = cursor->next_in_turn;
      visit(*cursor);
    } while (cursor != last_);
  }

  // Keeps, in order, those for which `keep` is true. The one at the front comes last.
  template <class Keep>
  void rotate_and_keep(Keep&& keep) {
    CursorQueue kept;
    Cursor* const first = pop_front();
    while (Cursor* cursor = pop_front())
      if (keep(*cursor))
        kept.push_back(*cursor);
    if (first != nullptr && keep(*first))
      kept.push_back(*first);
    *this = kept;
  }

  void remove(Cursor& cursor) {
    rotate_and_keep([&](const Cursor& other) { return &other != &cursor; });
  }

 private:
  Cursor* last_ = nullptr;
};

}  // namespace chat::server
