// What was changed in a text, so that it can be taken back.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace chat::client {

struct Change {
  std::size_t at;  // in bytes
  std::string removed;
  std::string inserted;  // in its place
  std::size_t cursor;    // where it stood before
};

// The changes of one text, the newest last, and those that were taken back. Forgets the oldest. A
// plain value.
class UndoLog {
 public:
  static constexpr std::size_t kMaxChanges = 200;
  static constexpr std::size_t kMaxBytes = 128 * 1024;

  void add(Change change);
  // What was typed: goes on with the last change, when that was typed just before it.
  void add_typed(Change change);
  // The next change is not part of the last one, even when both are typed.
  void end_run() { is_typing_ = false; }

  // The change to take back, and the one to make again; nothing when there is none.
  std::optional<Change> undo();
  std::optional<Change> redo();

 private:
  bool goes_on(const Change& change) const;
  void forget_surplus();

  std::deque<Change> done_;
  std::vector<Change> undone_;
  std::size_t bytes_ = 0;  // of done_
  bool is_typing_ = false;
};

}  // namespace chat::client
