#pragma once

#include <utility>

#include "server/room_view.hpp"
#include "server/slab.hpp"

namespace chat::server {

// The cursors of one connection, in no particular order. Linked through the cursors, so that an
// idle connection pays one pointer for it. Must be empty when it is destroyed.
class CursorList {
 public:
  bool empty() const { return first_ == nullptr; }

  Cursor& add(Slab<Cursor>& slab, const Cursor& cursor) {
    Cursor* const added = slab.make(cursor);
    added->next_of_connection = std::exchange(first_, added);
    return *added;
  }

  // Destroys the cursor. Precondition: it is in the list, and was made in the slab.
  void erase(Slab<Cursor>& slab, Cursor& cursor) {
    Cursor** link = &first_;
    while (*link != &cursor)
      link = &(*link)->next_of_connection;
    *link = cursor.next_of_connection;
    slab.destroy(&cursor);
  }

  // Null when the connection does not read the room.
  Cursor* find(RoomId room) const {
    Cursor* cursor = first_;
    while (cursor != nullptr && cursor->view->room() != room)
      cursor = cursor->next_of_connection;
    return cursor;
  }

  // Calls visit(Cursor&) for each; it may erase the one it is given.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (Cursor* cursor = first_; cursor != nullptr;) {
      Cursor* const next = cursor->next_of_connection;
      visit(*cursor);
      cursor = next;
    }
  }

 private:
  Cursor* first_ = nullptr;
};

}  // namespace chat::server
