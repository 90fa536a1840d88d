// What each key does: to the input line, or to the model.
#pragma once

#include <string>
#include <utility>

#include "client/actions.hpp"
#include "client/bindings.hpp"
#include "client/key.hpp"
#include "client/model.hpp"
#include "client/prompt.hpp"
#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// One thread. The model must outlive it.
class Controller {
 public:
  explicit Controller(Model& model, Bindings bindings = {})
      : model_(model), bindings_(std::move(bindings)) {}

  // `chat_area` is its present size, for scrolling. What comes back is for the caller to do.
  Wish press(const Key& key, Size chat_area, WallTime now);
  // To be called when the model may have changed by other means: offers a refused nickname.
  void model_changed();

  const Prompt& prompt() const { return prompt_; }
  // Why the last line was refused, until the next key; empty otherwise.
  const std::string& refusal() const { return refusal_; }

 private:
  Model& model_;
  Bindings bindings_;
  Prompt prompt_;
  std::string refusal_;
};

}  // namespace chat::client
