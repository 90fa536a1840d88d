#include "client/actions.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <variant>

#include "client/bindings.hpp"
#include "client/command.hpp"

namespace chat::client {
namespace {

bool lists(const Desk& desk) {
  return desk.model.shown() == Model::Shown::findings;
}

// Whether something older than what is being said is shown.
bool is_back(const Desk& desk) {
  return desk.model.shown() == Model::Shown::excerpt ||
         (desk.model.shown() == Model::Shown::room && !desk.model.scrollback().at_end());
}

bool choose(Desk& desk, std::ptrdiff_t hits) {
  if (!lists(desk))
    return false;
  desk.model.choose(hits);
  return true;
}

std::ptrdiff_t page(const Desk& desk) {
  return std::max(desk.chat_area.height.value - 1, 1);
}

bool list_up(Desk& desk) {
  return choose(desk, -1);
}

bool list_down(Desk& desk) {
  return choose(desk, 1);
}

bool list_page_up(Desk& desk) {
  return choose(desk, -page(desk));
}

bool list_page_down(Desk& desk) {
  return choose(desk, page(desk));
}

bool list_show(Desk& desk) {
  if (!lists(desk) || !desk.prompt.text().empty())
    return false;
  desk.model.show_chosen(desk.chat_area);
  return true;
}

bool list_leave(Desk& desk) {
  if (!lists(desk))
    return false;
  desk.model.leave_past();
  return true;
}

bool now(Desk& desk) {
  if (!is_back(desk))
    return false;
  desk.model.to_now();
  return true;
}

// In a room the key belongs to the input line as long as there is something in it.
bool now_if_empty(Desk& desk) {
  const bool is_free = desk.prompt.text().empty() || desk.model.shown() == Model::Shown::excerpt;
  return is_free && now(desk);
}

bool page_up(Desk& desk) {
  desk.model.page_up(desk.chat_area);
  return true;
}

bool page_down(Desk& desk) {
  desk.model.page_down(desk.chat_area);
  return true;
}

template <std::size_t index>
bool show_room(Desk& desk) {
  desk.model.show_room(index);
  return true;
}

template <auto edit>
bool edit_line(Desk& desk) {
  desk.prompt.edit(edit);
  return true;
}

bool history_up(Desk& desk) {
  desk.prompt.history_up();
  return true;
}

bool history_down(Desk& desk) {
  desk.prompt.history_down();
  return true;
}

bool complete(Desk& desk) {
  desk.prompt.complete(desk.model.names_to_complete());
  return true;
}

// What only whoever knows the keys can answer.
bool asks_for_keys(const Desk& desk) {
  const auto parsed = command::parse(desk.prompt.text());
  return desk.model.phase() != Phase::naming && parsed &&
         std::holds_alternative<command::Keys>(*parsed);
}

bool enter(Desk& desk) {
  const bool nickname = desk.model.phase() == Phase::naming;
  if (asks_for_keys(desk)) {
    desk.model.tell(desk.bindings.explain(), desk.now);
  } else if (auto taken = desk.model.submit(desk.prompt.text(), desk.now); !taken) {
    desk.refusal = std::move(taken.error());
    return true;
  }
  if (nickname || desk.prompt.text().empty())
    desk.prompt.discard();
  else
    desk.prompt.accept();
  return true;
}

bool quit(Desk& desk) {
  desk.model.quit();
  return true;
}

bool quit_if_empty(Desk& desk) {
  return desk.prompt.text().empty() && quit(desk);
}

template <Wish what>
bool wish(Desk& desk) {
  desk.wish = what;
  return true;
}

// Those that concern only a list, the past or an empty line come first: their keys do something
// else elsewhere.
constexpr std::array kActions = {
    Action{"list-up", "Up", "in a list: chooses the one above", list_up},
    Action{"list-down", "Down", "in a list: chooses the one below", list_down},
    Action{"list-page-up", "PageUp", "in a list: goes up by a page", list_page_up},
    Action{"list-page-down", "PageDown", "in a list: goes down by a page", list_page_down},
    Action{"list-show", "Enter", "in a list: shows the chosen one", list_show},
    Action{"list-leave", "Esc", "in a list: goes back to the room", list_leave},
    Action{"now", "Esc", "goes from further up back to what is being said", now},
    Action{"now-if-empty", "End", "the same, when the line is empty", now_if_empty},
    Action{"quit-if-empty", "Ctrl-D", "quits, when the line is empty", quit_if_empty},

    Action{"enter", "Enter", "sends the line, or does what it says", enter},
    Action{"complete", "Tab", "completes a name or a command", complete},
    Action{"history-up", "Up", "brings back what was entered before", history_up},
    Action{"history-down", "Down", "brings back what was entered after that", history_down},
    Action{"left", "Left Ctrl-B", "moves back", edit_line<&Editor::left>},
    Action{"right", "Right Ctrl-F", "moves on", edit_line<&Editor::right>},
    Action{"word-left", "Ctrl-Left Alt-Left Alt-B", "moves back by a word",
           edit_line<&Editor::word_left>},
    Action{"word-right", "Ctrl-Right Alt-Right Alt-F", "moves on by a word",
           edit_line<&Editor::word_right>},
    Action{"line-start", "Home Ctrl-A", "moves to the start of the line", edit_line<&Editor::home>},
    Action{"line-end", "End Ctrl-E", "moves to the end of the line", edit_line<&Editor::end>},
    Action{"erase-left", "Backspace", "deletes the character before the cursor",
           edit_line<&Editor::erase_left>},
    Action{"erase-right", "Delete Ctrl-D", "deletes the character at the cursor",
           edit_line<&Editor::erase_right>},
    Action{"kill-word-left", "Ctrl-W Alt-Backspace", "deletes the word before the cursor",
           edit_line<&Editor::erase_word_left>},
    Action{"kill-to-start", "Ctrl-U", "deletes all before the cursor",
           edit_line<&Editor::erase_to_start>},
    Action{"kill-to-end", "Ctrl-K", "deletes all behind the cursor",
           edit_line<&Editor::erase_to_end>},

    Action{"page-up", "PageUp", "scrolls up", page_up},
    Action{"page-down", "PageDown", "scrolls down", page_down},
    Action{"room-1", "Alt-1", "shows the first room", show_room<0>},
    Action{"room-2", "Alt-2", "shows the second room", show_room<1>},
    Action{"room-3", "Alt-3", "shows the third room", show_room<2>},
    Action{"room-4", "Alt-4", "shows the fourth room", show_room<3>},
    Action{"room-5", "Alt-5", "shows the fifth room", show_room<4>},
    Action{"room-6", "Alt-6", "shows the sixth room", show_room<5>},
    Action{"room-7", "Alt-7", "shows the seventh room", show_room<6>},
    Action{"room-8", "Alt-8", "shows the eighth room", show_room<7>},
    Action{"room-9", "Alt-9", "shows the ninth room", show_room<8>},

    Action{"try-now", "Ctrl-T", "tries a lost connection again now", wish<Wish::try_now>},
    Action{"redraw", "Ctrl-L", "draws the screen anew", wish<Wish::redraw>},
    Action{"suspend", "Ctrl-Z", "suspends", wish<Wish::suspend>},
    Action{"quit", "Ctrl-C", "quits", quit},
};

}  // namespace

std::span<const Action> actions() {
  return kActions;
}

const Action* action_named(std::string_view name) {
  const auto* found = std::ranges::find(kActions, name, &Action::name);
  return found == kActions.end() ? nullptr : found;
}

}  // namespace chat::client
