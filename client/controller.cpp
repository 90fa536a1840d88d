#include "client/controller.hpp"

#include <utility>
#include <variant>

namespace chat::client {

void Controller::press(const Key& key, Size chat_area, WallTime now) {
  refusal_.clear();
  if (press_command(key, chat_area, now))
    return;
  if (!prompt_.press(key, model_.names_to_complete()) && std::holds_alternative<Typed>(key))
    refusal_ = "The line is full.";
}

void Controller::model_changed() {
  if (auto refused = model_.take_refused_nickname())
    prompt_.offer(std::move(*refused));
}

bool Controller::press_command(const Key& key, Size chat_area, WallTime now) {
  if (const auto* alt = std::get_if<Alt>(&key);
      alt && alt->character >= U'1' && alt->character <= U'9') {
    model_.show_room(alt->character - U'1');
    return true;
  }
  const bool ctrl_d = key == Key(Control{'d'}) && prompt_.text().empty();
  if (key == Key(Control{'c'}) || ctrl_d)
    return model_.quit(), true;
  if (key == Key(NamedKey::page_up))
    return model_.page_up(chat_area), true;
  if (key == Key(NamedKey::page_down))
    return model_.page_down(chat_area), true;
  if (key == Key(NamedKey::enter))
    return enter(now), true;
  return false;
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
