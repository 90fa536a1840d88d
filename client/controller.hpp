// What each key does: to the input line, or to the model.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/actions.hpp"
#include "client/bindings.hpp"
#include "client/configuration.hpp"
#include "client/input_rows.hpp"
#include "client/key.hpp"
#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/prompt.hpp"
#include "client/screen.hpp"
#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// One thread. The model must outlive it.
class Controller {
 public:
  explicit Controller(Model& model, Configuration configuration = {});

  // `chat_area` is its present size, for scrolling, the rows of the input are broken at
  // `input_width`, and the screen is `screen_width` wide. What comes back is for the caller to do.
  Wish press(const Key& key, Size chat_area, WallTime now, Columns input_width = kEndless,
             Columns screen_width = kEndless);
  // The same with the mouse, over what a click there is meant for.
  void point(const Mouse& mouse, const Target& target, Size chat_area);
  // To be called when the model may have changed by other means: offers a refused nickname, and
  // goes to the draft of the room in front.
  void model_changed();

  // What was written elsewhere takes the draft's place; the error is a sentence for the user.
  void written_elsewhere(const std::expected<std::string, std::string>& text);

  // Has the model keep what is being written, for the next client if this one ends.
  void keep_drafts();

  const Prompt& prompt() const { return prompt_; }
  // What the user wants to see beside the chat area.
  Panes panes() const { return panes_; }
  // A sentence for the status line, until the next key.
  void note(std::string sentence) { refusal_ = std::move(sentence); }
  // Which keys do what for now.
  const Bindings& bindings() const { return bindings_; }
  const Configuration& configuration() const { return configuration_; }
  // Changes a setting of its own accord; see Configuration.
  Configuration::Outcome change(const SettingName& name, const ConfigValue& value);
  // Why the last line was refused, until the next key; empty otherwise.
  const std::string& refusal() const { return refusal_; }
  // That, or what else the user should know about the input, in about so many columns.
  std::string says(Columns width = kEndless) const {
    return refusal_.empty() ? prompt_.hint(width) : refusal_;
  }

 private:
  void run(const Key& key, Desk& desk);
  void tell_of_typing(std::string_view place, std::string_view text, WallTime now);
  void take_from_model();
  void keep_draft(const std::string& place, KeptDraft draft);
  void bring_back_drafts();
  void apply_settings();

  Model& model_;
  Configuration configuration_;
  Bindings bindings_;
  Prompt prompt_;
  std::string refusal_;
  std::vector<KeptDraft> kept_drafts_;        // of rooms that are not there yet
  std::map<std::string, KeptDraft> kept_as_;  // by place: as which it was kept last
  Panes panes_;
  Panes set_panes_;   // as they are set, whatever keys have shown or hidden since
  int applied_ = -1;  // which of the changes of settings is in use
};

}  // namespace chat::client
