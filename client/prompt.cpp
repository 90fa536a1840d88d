#include "client/prompt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "client/glyph.hpp"
#include "client/input_rows.hpp"
#include "libchat/text.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::client {
namespace {

// What is larger is shown before it is taken.
constexpr std::ptrdiff_t kLinesToAsk = 5;
constexpr std::size_t kCharactersToAsk = 1000;

std::ptrdiff_t lines_of(std::string_view text) {
  return std::ranges::count(text, '\n') + 1;
}

std::size_t characters_of(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count)
    text.remove_prefix(first_grapheme(text));
  return count;
}

std::string size_in_words(std::string_view text) {
  if (const auto lines = lines_of(text); lines > 1)
    return fmt::format("{} lines", lines);
  return fmt::format("{} characters", characters_of(text));
}

}  // namespace

const Editor& Prompt::editor() const {
  return draft().paste ? *draft().paste : draft().editor;
}

std::string Prompt::hint(Columns width) const {
  const auto [text, shorter] = hints();
  return width_of(text) <= width ? text : shorter;
}

Prompt::Hints Prompt::hints() const {
  if (draft().paste) {
    const std::string size = size_in_words(draft().paste->text());
    return {fmt::format("Paste {}? {}", size,
                        bytes_with_paste() > kMaxTextBytes
                            ? "Too long for one message. Enter takes, Esc drops them."
                            : "Enter takes them, Esc drops them."),
            fmt::format("{}? Enter/Esc", size)};
  }
  if (!search_)
    return {};
  const std::string_view words = search_->words();
  if (search_->has_failed())
    return {fmt::format("Nothing further back: {} · Enter takes this · Esc ends", words),
            fmt::format("Nothing: {}", words)};
  const auto found =
      fmt::format("Search: {} · Ctrl-R goes further back · Enter takes it · Esc ends", words);
  return {found, found};
}

// What a key begins with. Nothing, and the key is to do nothing, while a paste is to be decided on.
std::optional<Prompt::Last> Prompt::begin(Last what) {
  if (awaits_decision()) {
    held_up_ = true;
    return std::nullopt;
  }
  completion_.reset();
  search_.reset();
  return std::exchange(last_, what);
}

void Prompt::go_to(std::string_view place) {
  if (place == drafts_.place())
    return;
  search_cancel();
  completion_.reset();
  last_ = Last::other;
  drafts_.go_to(place);
}

void Prompt::go_along_to(std::string_view place) {
  if (place == drafts_.place())
    return;
  search_cancel();
  completion_.reset();
  drafts_.go_along_to(place);
}

bool Prompt::type(std::string_view text) {
  if (search_) {
    search_->type(text, draft().history, draft().editor);
    return true;
  }
  return !begin(Last::other) || draft().editor.type(text);
}

std::expected<void, std::string> Prompt::paste(std::string_view text) {
  if (!begin(Last::other) || text.empty())
    return {};
  if (draft().editor.text().size() + text.size() > kMaxInputBytes)
    return std::unexpected(fmt::format("Too long to paste: {} bytes, and {} is the most.",
                                       text.size(), kMaxInputBytes));
  if (lines_of(text) <= kLinesToAsk && characters_of(text) <= kCharactersToAsk) {
    draft().editor.insert(text);
  } else {
    draft().paste.emplace().set(std::string(text));
    draft().paste->to_begin();
  }
  return {};
}

std::expected<void, std::string> Prompt::take_paste() {
  const Editor paste = *std::exchange(draft().paste, std::nullopt);
  if (!draft().editor.insert(paste.text()))
    return std::unexpected("Not pasted: the line is full.");
  return {};
}

std::size_t Prompt::bytes_with_paste() const {
  return text().size() + (draft().paste ? draft().paste->text().size() : 0);
}

void Prompt::drop_paste() {
  draft().paste.reset();
}

void Prompt::move(void (Editor::*where)()) {
  if (begin(Last::other))
    (draft().editor.*where)();
}

bool Prompt::move_up(Columns width) {
  return move_by_rows(-1, width);
}

bool Prompt::move_down(Columns width) {
  return move_by_rows(1, width);
}

// Through a paste, too: it may be higher than its part of the screen.
bool Prompt::move_by_rows(int rows, Columns width) {
  Editor& shown = draft().paste ? *draft().paste : draft().editor;
  const auto there = offset_in_row(shown.text(), shown.cursor(), rows, width);
  if (!there)
    return awaits_decision();
  if (!awaits_decision())
    begin(Last::other);
  shown.move_to(*there);
  return true;
}

void Prompt::erase(std::string (Editor::*what)()) {
  if (begin(Last::other))
    (draft().editor.*what)();
}

void Prompt::kill_before(std::string (Editor::*what)()) {
  kill(what, Side::before);
}

void Prompt::kill_behind(std::string (Editor::*what)()) {
  kill(what, Side::behind);
}

void Prompt::kill(std::string (Editor::*what)(), Side side) {
  const auto last = begin(Last::kill);
  if (!last)
    return;
  std::string killed = (draft().editor.*what)();
  if (last != Last::kill)
    kills_.add(std::move(killed));
  else if (side == Side::before)
    kills_.add_before(killed);
  else
    kills_.add_behind(killed);
}

void Prompt::kill_all() {
  if (!begin(Last::other))
    return;
  kills_.add(text());
  draft().editor.replace(0, text().size(), {});
}

void Prompt::yank() {
  if (!begin(Last::yank) || kills_.empty())
    return;
  yanked_at_ = draft().editor.cursor();
  put_in(kills_.newest(), yanked_at_);
}

bool Prompt::yank_older() {
  if (last_ != Last::yank || kills_.empty() || !begin(Last::yank))
    return false;
  put_in(kills_.older(), yanked_at_);
  return true;
}

// A piece instead of what stands between `begin` and the cursor.
void Prompt::put_in(const std::string& piece, std::size_t begin) {
  Editor& editor = draft().editor;
  const std::size_t others = editor.text().size() - (editor.cursor() - begin);
  if (others + piece.size() <= kMaxInputBytes)
    editor.replace(begin, editor.cursor(), piece);
}

void Prompt::undo() {
  if (begin(Last::other))
    draft().editor.undo();
}

void Prompt::redo() {
  if (begin(Last::other))
    draft().editor.redo();
}

void Prompt::rewrite(std::string_view text) {
  if (begin(Last::other))
    draft().editor.replace(0, draft().editor.text().size(), text);
}

void Prompt::complete(const Vocabulary& vocabulary, Completion::Direction direction) {
  if (awaits_decision()) {
    held_up_ = true;
    return;
  }
  search_.reset();
  last_ = Last::other;
  completion_.next(draft().editor, vocabulary, direction);
}

void Prompt::history_up() {
  if (begin(Last::other))
    recall(draft().history.up(text()));
}

void Prompt::history_down() {
  if (begin(Last::other))
    recall(draft().history.down());
}

void Prompt::search_history() {
  if (search_)
    search_->go_older(draft().history, draft().editor);
  else if (begin(Last::other))
    search_.emplace(draft().editor);
}

void Prompt::search_erase() {
  search_->erase(draft().history, draft().editor);
}

void Prompt::search_take() {
  search_.reset();
}

void Prompt::search_cancel() {
  if (search_)
    draft().editor = search_->before();
  search_.reset();
}

void Prompt::accept() {
  draft().history.add(text());
  discard();
}

void Prompt::discard() {
  if (begin(Last::other))
    draft().editor.set({});
}

void Prompt::offer(std::string text) {
  drop_paste();
  search_cancel();
  begin(Last::other);
  if (!draft().editor.empty())
    draft().history.add(draft().editor.text());
  draft().editor.set(std::move(text));
}

void Prompt::recall(std::optional<std::string> line) {
  if (line)
    draft().editor.set(std::move(*line));
}

}  // namespace chat::client
