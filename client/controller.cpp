#include "client/controller.hpp"

#include <utility>
#include <variant>

namespace chat::client {

Wish Controller::press(const Key& key, Size chat_area, WallTime now) {
  Desk desk{.model = model_,
            .prompt = prompt_,
            .bindings = bindings_,
            .chat_area = chat_area,
            .now = now};
  if (const auto* typed = std::get_if<Typed>(&key)) {
    if (!prompt_.type(typed->text))
      desk.refusal = "The line is full.";
  } else {
    bindings_.run(key, desk);
  }
  refusal_ = std::move(desk.refusal);
  model_changed();
  return desk.wish;
}

void Controller::model_changed() {
  if (auto refused = model_.take_refused_nickname())
    prompt_.offer(std::move(*refused));
  for (std::string& line : model_.take_given_up())
    prompt_.remember(std::move(line));
}

}  // namespace chat::client
