// What each key does: to the input line, or to the model.
#pragma once

#include <string>

#include "client/key.hpp"
#include "client/model.hpp"
#include "client/prompt.hpp"
#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// One thread. The model must outlive it.
class Controller {
 public:
  explicit Controller(Model& model) : model_(model) {}

  // `chat_area` is its present size, for scrolling.
  void press(const Key& key, Size chat_area, WallTime now);
  // To be called when the model may have changed by other means: offers a refused nickname.
  void model_changed();

  const Prompt& prompt() const { return prompt_; }
  // Why the last line was refused, until the next key; empty otherwise.
  const std::string& refusal() const { return refusal_; }

 private:
  bool quits(const Key& key) const;
  bool press_in_past(const Key& key, Size chat_area);
  bool press_in_room(const Key& key);
  void enter(WallTime now);
  void edit(const Key& key);

  Model& model_;
  Prompt prompt_;
  std::string refusal_;
};

}  // namespace chat::client
