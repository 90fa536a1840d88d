#include "client/controller.hpp"

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
