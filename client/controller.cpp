#include "client/controller.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

namespace chat::client {
namespace {

// Alt-1 to Alt-9 as 0 to 8.
std::optional<std::size_t> room_number(const Key& key) {
  const auto* alt = std::get_if<Alt>(&key);
  if (alt == nullptr || alt->character < U'1' || alt->character > U'9')
    return std::nullopt;
  return alt->character - U'1';
}

}  // namespace

void Controller::press(const Key& key, Size chat_area, WallTime now) {
  refusal_.clear();
  if (quits(key))
    model_.quit();
  else if (press_in_past(key, chat_area))
    return;
  else if (const auto number = room_number(key))
    model_.show_room(*number);
  else if (key == Key(NamedKey::page_up))
    model_.page_up(chat_area);
  else if (key == Key(NamedKey::page_down))
    model_.page_down(chat_area);
  else if (key == Key(NamedKey::enter))
    enter(now);
  else
    edit(key);
}

void Controller::model_changed() {
  if (auto refused = model_.take_refused_nickname())
    prompt_.offer(std::move(*refused));
  for (std::string& line : model_.take_given_up())
    prompt_.remember(std::move(line));
}

bool Controller::quits(const Key& key) const {
  return key == Key(Control{'c'}) || (key == Key(Control{'d'}) && prompt_.text().empty());
}

// Whether the key belongs to what a search has found, or to the past.
bool Controller::press_in_past(const Key& key, Size chat_area) {
  const Model::Shown shown = model_.shown();
  if (shown == Model::Shown::room)
    return press_in_room(key);
  const bool is_list = shown == Model::Shown::findings;
  const std::ptrdiff_t page = std::max(chat_area.height.value - 1, 1);
  if (!is_list && (key == Key(NamedKey::escape) || key == Key(NamedKey::end)))
    model_.to_now();
  else if (key == Key(NamedKey::escape))
    model_.leave_past();
  else if (is_list && key == Key(NamedKey::up))
    model_.choose(-1);
  else if (is_list && key == Key(NamedKey::down))
    model_.choose(1);
  else if (is_list && key == Key(NamedKey::page_up))
    model_.choose(-page);
  else if (is_list && key == Key(NamedKey::page_down))
    model_.choose(page);
  else if (is_list && key == Key(NamedKey::enter) && prompt_.text().empty())
    model_.show_chosen(chat_area);
  else
    return false;
  return true;
}

// End belongs to the input line as long as there is something in it.
bool Controller::press_in_room(const Key& key) {
  const bool is_back =
      key == Key(NamedKey::escape) || (key == Key(NamedKey::end) && prompt_.text().empty());
  if (!is_back || model_.scrollback().at_end())
    return false;
  model_.to_now();
  return true;
}

void Controller::edit(const Key& key) {
  if (const auto* typed = std::get_if<Typed>(&key)) {
    if (!prompt_.type(typed->text))
      refusal_ = "The line is full.";
  } else if (key == Key(NamedKey::tab)) {
    prompt_.complete(model_.names_to_complete());
  } else {
    prompt_.press(key);
  }
}

void Controller::enter(WallTime now) {
  const bool nickname = model_.phase() == Phase::naming;
  if (auto taken = model_.submit(prompt_.text(), now); !taken) {
    refusal_ = std::move(taken.error());
    return;
  }
  if (nickname || prompt_.text().empty())
    prompt_.discard();
  else
    prompt_.accept();
  model_changed();
}

}  // namespace chat::client
