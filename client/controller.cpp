#include "client/controller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "client/browser.hpp"
#include "client/command.hpp"
#include "client/key_settings.hpp"

namespace chat::client {
namespace {

std::string_view place_of(const Model& model) {
  return model.front() ? std::string_view(model.front()->place) : std::string_view();
}

}  // namespace

Controller::Controller(Model& model, Configuration configuration)
    : model_(model), configuration_(std::move(configuration)) {
  apply_settings();
}

Wish Controller::press(const Key& key, Size chat_area, WallTime now, Columns input_width,
                       Columns screen_width) {
  Desk desk{.model = model_,
            .prompt = prompt_,
            .configuration = configuration_,
            .chat_area = chat_area,
            .input_width = input_width,
            .screen_width = screen_width,
            .now = now,
            .panes = panes_};
  model_changed();
  const std::string place = prompt_.place();
  const std::string text = prompt_.text();
  run(key, desk);
  if (prompt_.take_held_up() && desk.refusal.empty())
    desk.refusal = "First the paste: Enter takes it, Esc drops it.";
  refusal_ = std::move(desk.refusal);
  panes_ = desk.panes;
  apply_settings();
  prompt_.go_to(place_of(model_));
  take_from_model();
  tell_of_typing(place, text, now);
  return desk.wish;
}

void Controller::run(const Key& key, Desk& desk) {
  if (const auto* typed = std::get_if<Typed>(&key)) {
    const bool is_taken = model_.line_search() != nullptr
                              ? model_.find_type(typed->text, desk.chat_area)
                              : prompt_.type(typed->text);
    if (!is_taken)
      desk.refusal = "The line is full.";
  } else if (const auto* pasted = std::get_if<Pasted>(&key)) {
    if (auto taken = prompt_.paste(pasted->text); !taken)
      desk.refusal = std::move(taken.error());
  } else {
    bindings_.run(key, desk);
  }
}

// `text` was being written in `place` before the key. What may still become a command, or a whisper
// to somebody else, is nothing that the room should hear of.
void Controller::tell_of_typing(std::string_view place, std::string_view text, WallTime now) {
  const std::string& written = prompt_.text();
  const bool is_changed = prompt_.place() == place && written != text;
  if (is_changed && !prompt_.is_searching() && command::is_said_here(written))
    model_.user_types(now);
}

void Controller::point(const Mouse& mouse, const Target& target, Size chat_area) {
  constexpr int kMostByWheel = 3;
  // Or rows of a low area would never be seen.
  const Rows wheel{std::clamp(chat_area.height.value - 1, 1, kMostByWheel)};
  refusal_.clear();
  if (mouse.what == Mouse::What::wheel_up)
    model_.page_up(chat_area, wheel);
  else if (mouse.what == Mouse::What::wheel_down)
    model_.page_down(chat_area, wheel);
  else if (const auto* room = std::get_if<ToRoom>(&target))
    model_.show_room(room->index);
  else if (const auto* person = std::get_if<ToPerson>(&target))
    prompt_.type(fmt::format("{}{} ", prompt_.text().empty() ? "/whisper " : "", person->nickname));
  else if (const auto* page = std::get_if<ToPage>(&target))
    if (auto opened = open_page(page->url); !opened)
      refusal_ = std::move(opened.error());
  prompt_.go_to(place_of(model_));
}

// The front may have changed without the user. What was being written for a room that one is not in
// any more stays there.
void Controller::model_changed() {
  const auto rooms = model_.rooms();
  const bool stays = prompt_.place().empty() ||
                     std::ranges::find(rooms, prompt_.place(), &Room::place) != rooms.end();
  if (stays)
    prompt_.go_along_to(place_of(model_));
  else
    prompt_.go_to(place_of(model_));
  take_from_model();
}

Configuration::Outcome Controller::change(const SettingName& name, const ConfigValue& value) {
  auto changed = configuration_.change(name, value);
  apply_settings();
  return changed;
}

void Controller::written_elsewhere(const std::expected<std::string, std::string>& text) {
  if (text)
    prompt_.rewrite(*text);
  else
    refusal_ = text.error();
}

void Controller::apply_settings() {
  const int changes = configuration_.changes();
  if (std::exchange(applied_, changes) == changes)
    return;
  const Settings& settings = configuration_.settings();
  bindings_ = bindings_of(settings);
  if (std::exchange(set_panes_, settings.panes) != settings.panes)
    panes_ = settings.panes;
}

// Places of conversations are numbers that mean something else to the next client. Of two that it
// could not tell apart, a text comes before none.
void Controller::keep_drafts() {
  auto texts = prompt_.drafts().texts();
  std::ranges::stable_partition(texts, [](const auto& draft) { return draft.second.empty(); });
  for (auto& [place, text] : texts) {
    const auto room = std::ranges::find(model_.rooms(), place, &Room::place);
    if (room != model_.rooms().end())
      keep_draft(place, model_.draft_in(*room, std::move(text)));
  }
}

// Who the other one of a conversation is may have become known since it was kept last.
void Controller::keep_draft(const std::string& place, KeptDraft draft) {
  const auto before = kept_as_.find(place);
  if (before != kept_as_.end() && !before->second.is_of_same_place(draft)) {
    before->second.text.clear();
    model_.keep_draft(before->second);
  }
  model_.keep_draft(draft);
  kept_as_.insert_or_assign(place, std::move(draft));
}

// Each as soon as its room is there.
void Controller::bring_back_drafts() {
  if (auto kept = model_.take_kept_drafts())
    kept_drafts_ = std::move(*kept);
  std::erase_if(kept_drafts_, [this](const KeptDraft& draft) {
    const Room* const room = model_.room_of(draft);
    if (room == nullptr)
      return false;
    prompt_.restore(room->place, draft.text);
    kept_as_.try_emplace(room->place, draft);
    return true;
  });
}

void Controller::take_from_model() {
  bring_back_drafts();
  if (auto refused = model_.take_refused_nickname())
    prompt_.offer(std::move(*refused));
  for (std::string& line : model_.take_given_up())
    prompt_.remember(std::move(line));
}

}  // namespace chat::client
