#include "client/actions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "client/browser.hpp"
#include "client/config_commands.hpp"

namespace chat::client {
namespace {

bool lists_urls(const Desk& desk) {
  return desk.model.shown() == Model::Shown::urls;
}

bool lists(const Desk& desk) {
  return desk.model.shown() == Model::Shown::findings || lists_urls(desk);
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

void open_chosen_url(Desk& desk) {
  const UrlList& list = desk.model.urls();
  if (auto opened = open_page(list.urls()[list.chosen()].url); opened)
    desk.model.leave_urls();
  else
    desk.refusal = std::move(opened.error());
}

bool urls(Desk& desk) {
  if (auto listed = desk.model.list_urls(); !listed)
    desk.refusal = std::move(listed.error());
  return true;
}

bool list_show(Desk& desk) {
  if (!lists(desk) || !desk.prompt.text().empty())
    return false;
  if (lists_urls(desk))
    open_chosen_url(desk);
  else
    desk.model.show_chosen(desk.chat_area);
  return true;
}

bool list_leave(Desk& desk) {
  if (!lists(desk))
    return false;
  if (lists_urls(desk))
    desk.model.leave_urls();
  else
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

template <std::ptrdiff_t rooms>
bool show_next(Desk& desk) {
  desk.model.show_next(rooms);
  return true;
}

bool show_news(Desk& desk) {
  desk.model.show_news(desk.chat_area);
  return true;
}

template <void (Model::*show)()>
bool go(Desk& desk) {
  (desk.model.*show)();
  return true;
}

bool resend(Desk& desk) {
  if (auto sent = desk.model.resend(desk.now); !sent)
    desk.refusal = std::move(sent.error());
  return true;
}

bool toggle(Desk& desk, bool& pane, Columns needed, std::string_view list) {
  if (desk.screen_width < needed)
    desk.refusal = fmt::format("There is no room for the list of {}: it needs {} columns.", list,
                               needed.value);
  else
    pane = !pane;
  return true;
}

bool toggle_rooms(Desk& desk) {
  return toggle(desk, desk.panes.rooms, columns_for_rooms(desk.panes), "rooms");
}

bool toggle_people(Desk& desk) {
  return toggle(desk, desk.panes.people, columns_for_people(desk.panes), "people");
}

// --- the line ------------------------------------------------------------------------------------

template <void (Editor::*where)()>
bool move(Desk& desk) {
  desk.prompt.move(where);
  return true;
}

template <std::string (Editor::*what)()>
bool erase(Desk& desk) {
  desk.prompt.erase(what);
  return true;
}

template <std::string (Editor::*what)()>
bool kill_before(Desk& desk) {
  desk.prompt.kill_before(what);
  return true;
}

template <std::string (Editor::*what)()>
bool kill_behind(Desk& desk) {
  desk.prompt.kill_behind(what);
  return true;
}

template <void (Prompt::*what)()>
bool prompt(Desk& desk) {
  (desk.prompt.*what)();
  return true;
}

bool yank_older(Desk& desk) {
  return desk.prompt.yank_older();
}

bool up(Desk& desk) {
  if (!desk.prompt.move_up(desk.input_width))
    desk.prompt.history_up();
  return true;
}

bool down(Desk& desk) {
  if (!desk.prompt.move_down(desk.input_width))
    desk.prompt.history_down();
  return true;
}

bool break_line(Desk& desk) {
  if (!desk.prompt.type("\n"))
    desk.refusal = "The line is full.";
  return true;
}

bool paste_take(Desk& desk) {
  if (!desk.prompt.awaits_decision())
    return false;
  if (auto taken = desk.prompt.take_paste(); !taken)
    desk.refusal = std::move(taken.error());
  return true;
}

bool paste_drop(Desk& desk) {
  if (!desk.prompt.awaits_decision())
    return false;
  desk.prompt.drop_paste();
  return true;
}

bool kill_all(Desk& desk) {
  if (desk.prompt.text().empty())
    return false;
  desk.prompt.kill_all();
  return true;
}

template <void (Prompt::*what)()>
bool in_search(Desk& desk) {
  if (!desk.prompt.is_searching())
    return false;
  (desk.prompt.*what)();
  return true;
}

template <Completion::Direction direction>
bool complete(Desk& desk) {
  Vocabulary vocabulary{desk.model.names_to_complete(), desk.model.rooms_to_complete(),
                        desk.model.partners_to_complete()};
  add_words(vocabulary, desk.configuration.settings());
  desk.prompt.complete(vocabulary, direction);
  return true;
}

// Not while a paste is to be decided on, which is shown instead of the draft.
bool edit_elsewhere(Desk& desk) {
  if (!desk.prompt.awaits_decision())
    desk.wish = Wish::edit_elsewhere;
  return true;
}

bool find_begin(Desk& desk) {
  desk.model.find();
  return true;
}

template <void (Model::*step)(Size)>
bool find(Desk& desk) {
  if (desk.model.line_search() == nullptr)
    return false;
  (desk.model.*step)(desk.chat_area);
  return true;
}

bool find_leave(Desk& desk) {
  if (desk.model.line_search() == nullptr)
    return false;
  desk.model.leave_find();
  return true;
}

bool enter(Desk& desk) {
  const bool nickname = desk.model.phase() == Phase::naming;
  if (auto taken = submit(desk.prompt.text(), desk.model, desk.configuration, desk.now); !taken) {
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

// Those that concern only a moment come first: their keys do something else at other times.
constexpr std::array kActions = {
    Action{"paste-take", "Enter", "takes a paste that is shown", paste_take},
    Action{"paste-drop", "Esc Ctrl-G Ctrl-C", "drops a paste that is shown", paste_drop},
    Action{"search-take", "Enter", "in the history: takes what was found into the line",
           in_search<&Prompt::search_take>},
    Action{"search-cancel", "Esc Ctrl-G Ctrl-C",
           "in the history: goes back to what was being written",
           in_search<&Prompt::search_cancel>},
    Action{"search-erase", "Backspace", "in the history: deletes a character of what is looked for",
           in_search<&Prompt::search_erase>},
    Action{"find-older", "Enter Ctrl-F Up",
           "while finding: goes to the next older line that has it", find<&Model::find_older>},
    Action{"find-newer", "Down", "while finding: goes to the next newer one",
           find<&Model::find_newer>},
    Action{"find-erase", "Backspace", "while finding: deletes a character of what is looked for",
           find<&Model::find_erase>},
    Action{"find-leave", "Esc Ctrl-G Ctrl-C", "while finding: ends that", find_leave},
    Action{"list-up", "Up", "in a list: chooses the one above", list_up},
    Action{"list-down", "Down", "in a list: chooses the one below", list_down},
    Action{"list-page-up", "PageUp", "in a list: goes up by a page", list_page_up},
    Action{"list-page-down", "PageDown", "in a list: goes down by a page", list_page_down},
    Action{"list-show", "Enter", "in a list: shows or opens the chosen one", list_show},
    Action{"list-leave", "Esc", "in a list: goes back to the room", list_leave},
    Action{"now", "Esc", "goes from further up back to what is being said", now},
    Action{"now-if-empty", "End", "the same, when the line is empty", now_if_empty},
    Action{"quit-if-empty", "Ctrl-D", "quits, when the line is empty", quit_if_empty},

    Action{"enter", "Enter", "sends the line, or does what it says", enter},
    Action{"break-line", "Alt-Enter", "begins another line of the same message", break_line},
    Action{"complete", "Tab", "completes a name, a room or a command; again: another one",
           complete<Completion::Direction::forwards>},
    Action{"complete-back", "Shift-Tab", "the same, backwards",
           complete<Completion::Direction::backwards>},
    Action{"editor", "Alt-E", "lets you write in $EDITOR", edit_elsewhere},
    Action{"up", "Up", "moves up; from the first line to what was entered before", up},
    Action{"down", "Down", "moves down; from the last line to what was entered after that", down},
    Action{"history-search", "Ctrl-R", "looks for something that was entered; again: further back",
           prompt<&Prompt::search_history>},
    Action{"left", "Left Ctrl-B", "moves back", move<&Editor::left>},
    Action{"right", "Right", "moves on", move<&Editor::right>},
    Action{"word-left", "Ctrl-Left Alt-B", "moves back by a word", move<&Editor::word_left>},
    Action{"word-right", "Ctrl-Right Alt-F", "moves on by a word", move<&Editor::word_right>},
    Action{"line-start", "Home Ctrl-A", "moves to the start of the line", move<&Editor::home>},
    Action{"line-end", "End Ctrl-E", "moves to the end of the line", move<&Editor::end>},
    Action{"text-start", "Alt-<", "moves to the start of all lines", move<&Editor::to_begin>},
    Action{"text-end", "Alt->", "moves to the end of all lines", move<&Editor::to_end>},
    Action{"erase-left", "Backspace", "deletes the character before the cursor",
           erase<&Editor::erase_left>},
    Action{"erase-right", "Delete Ctrl-D", "deletes the character at the cursor",
           erase<&Editor::erase_right>},
    Action{"kill-word-left", "Ctrl-W Alt-Backspace", "cuts out the word before the cursor",
           kill_before<&Editor::erase_word_left>},
    Action{"kill-word-right", "Alt-D", "cuts out the word behind the cursor",
           kill_behind<&Editor::erase_word_right>},
    Action{"kill-to-start", "Ctrl-U", "cuts out the line before the cursor",
           kill_before<&Editor::erase_to_start>},
    Action{"kill-to-end", "Ctrl-K", "cuts out the line behind the cursor",
           kill_behind<&Editor::erase_to_end>},
    Action{"kill-all", "Ctrl-C", "cuts out all that is written, when there is something", kill_all},
    Action{"yank", "Ctrl-Y", "puts in what was cut out last", prompt<&Prompt::yank>},
    Action{"yank-older", "Alt-Y", "puts in what was cut out before that instead", yank_older},
    Action{"undo", "Ctrl-_", "takes back the last change", prompt<&Prompt::undo>},
    Action{"redo", "Alt-_", "makes it again", prompt<&Prompt::redo>},

    Action{"page-up", "PageUp", "scrolls up", page_up},
    Action{"page-down", "PageDown", "scrolls down", page_down},
    Action{"find", "Ctrl-F", "finds something in the lines of the room", find_begin},
    Action{"urls", "Alt-U", "lists the addresses of web pages, to open them", urls},
    Action{"room-1", "Alt-1", "shows the first room", show_room<0>},
    Action{"room-2", "Alt-2", "shows the second room", show_room<1>},
    Action{"room-3", "Alt-3", "shows the third room", show_room<2>},
    Action{"room-4", "Alt-4", "shows the fourth room", show_room<3>},
    Action{"room-5", "Alt-5", "shows the fifth room", show_room<4>},
    Action{"room-6", "Alt-6", "shows the sixth room", show_room<5>},
    Action{"room-7", "Alt-7", "shows the seventh room", show_room<6>},
    Action{"room-8", "Alt-8", "shows the eighth room", show_room<7>},
    Action{"room-9", "Alt-9", "shows the ninth room", show_room<8>},
    Action{"room-next", "Ctrl-N Alt-Down Alt-Right", "shows the next room", show_next<1>},
    Action{"room-before", "Ctrl-P Alt-Up Alt-Left", "shows the room before it", show_next<-1>},
    Action{"room-news", "Alt-A",
           "shows the newest message that mentions you, then what else is unread, then goes back",
           show_news},
    Action{"room-last", "Alt-/", "shows the room that was in front before",
           go<&Model::show_previous>},
    Action{"resend", "Alt-R", "sends again what was not sent, the last of it first", resend},
    Action{"toggle-rooms", "F2", "shows the list of rooms, or hides it", toggle_rooms},
    Action{"toggle-people", "F3", "shows who is there, or hides it", toggle_people},

    Action{"try-now", "Ctrl-T", "tries a lost connection again now", wish<Wish::try_now>},
    Action{"mouse", "F4", "takes the mouse, for clicks and the wheel, or leaves it to the terminal",
           wish<Wish::turn_mouse>},
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
