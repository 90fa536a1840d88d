// Where the user writes: a draft for each room, with a history, completion and what was cut out.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/completion.hpp"
#include "client/drafts.hpp"
#include "client/editor.hpp"
#include "client/history.hpp"
#include "client/history_search.hpp"
#include "client/input_rows.hpp"
#include "client/kill_ring.hpp"
#include "client/units.hpp"

namespace chat::client {

// A plain value.
class Prompt {
 public:
  // What is shown: the draft, or a paste that waits to be taken or dropped.
  const Editor& editor() const;
  // The draft.
  const std::string& text() const { return draft().editor.text(); }
  // What the user should know about it: what is looked for, or what is to be decided. Or empty. In
  // fewer words when it would be wider than that.
  std::string hint(Columns width = kEndless) const;

  // --- where one is ------------------------------------------------------------------------------

  // Another room is in front (Drafts): because the user wanted it, or while they were typing.
  void go_to(std::string_view place);
  void go_along_to(std::string_view place);
  const std::string& place() const { return drafts_.place(); }
  // What is and what was being written everywhere.
  const Drafts& drafts() const { return drafts_; }
  void restore(std::string_view place, std::string text) {
    drafts_.restore(place, std::move(text));
  }

  // --- writing -----------------------------------------------------------------------------------

  // Puts text in at the cursor. False, and nothing happens, when the line is full. While something
  // is looked for in the history, the text is part of that.
  bool type(std::string_view text);
  // A large text is shown first, and waits. The error is a sentence.
  std::expected<void, std::string> paste(std::string_view text);
  bool awaits_decision() const { return draft().paste.has_value(); }
  // Whether something was to be done since the last call that has to wait for that.
  bool take_held_up() { return std::exchange(held_up_, false); }
  // How long the draft would be with the paste.
  std::size_t bytes_with_paste() const;
  std::expected<void, std::string> take_paste();
  void drop_paste();

  void move(void (Editor::*where)());
  // To the row above or below, as they are broken at a width. False when there is none.
  bool move_up(Columns width);
  bool move_down(Columns width);
  void erase(std::string (Editor::*what)());
  // What is erased before or behind the cursor can be put in elsewhere; all of it that was erased
  // in a row, in one piece.
  void kill_before(std::string (Editor::*what)());
  void kill_behind(std::string (Editor::*what)());
  // All of it is a piece of its own.
  void kill_all();
  void yank();
  // An older piece instead of the one that was just put in. False when none was.
  bool yank_older();
  void undo();
  void redo();
  // Another text instead, which can be taken back.
  void rewrite(std::string_view text);

  // Completes the word before the cursor, pressed again with the next of its candidates, or the one
  // before.
  void complete(const Vocabulary& vocabulary, Completion::Direction direction);

  // --- what was entered --------------------------------------------------------------------------

  void history_up();
  void history_down();
  // Begins to look for something, or looks further back.
  void search_history();
  bool is_searching() const { return search_.has_value(); }
  void search_erase();
  void search_take();
  void search_cancel();

  // The line was entered: keeps it in the history and begins an empty one.
  void accept();
  // The line was a nickname: begins an empty one and keeps nothing.
  void discard();
  // Keeps a line in the history that was not sent after all.
  void remember(std::string line) { draft().history.add(std::move(line)); }
  // Begins with a text to correct. What was being typed goes into the history.
  void offer(std::string text);

 private:
  enum class Last { other, kill, yank };
  enum class Side { before, behind };
  struct Hints {
    std::string text;
    std::string shorter;
  };

  Hints hints() const;
  Draft& draft() { return drafts_.front(); }
  const Draft& draft() const { return drafts_.front(); }
  std::optional<Last> begin(Last what);
  void kill(std::string (Editor::*what)(), Side side);
  void put_in(const std::string& piece, std::size_t begin);
  void recall(std::optional<std::string> line);
  bool move_by_rows(int rows, Columns width);

  Drafts drafts_;
  Completion completion_;
  KillRing kills_;
  Last last_ = Last::other;
  bool held_up_ = false;
  std::size_t yanked_at_ = 0;
  std::optional<HistorySearch> search_;
};

}  // namespace chat::client
