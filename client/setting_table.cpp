#include "client/setting_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "client/setting_checks.hpp"

namespace chat::client {
namespace {

using Texts = std::vector<std::string>;
using Check = SettingOutcome (*)(std::string_view text);

template <std::string Settings::* text, Check check>
SettingOutcome set_text(Settings& settings, const Texts& texts) {
  if (auto possible = check(texts[0]); !possible)
    return possible;
  settings.*text = texts[0];
  return {};
}

template <std::string Settings::* text>
Texts get_text(const Settings& settings) {
  return {settings.*text};
}

template <Texts Settings::* list, Check check>
SettingOutcome set_list(Settings& settings, const Texts& texts) {
  for (const std::string& text : texts)
    if (auto possible = check(text); !possible)
      return possible;
  settings.*list = texts;
  return {};
}

template <Texts Settings::* list>
Texts get_list(const Settings& settings) {
  return settings.*list;
}

// --- parts of larger values ----------------------------------------------------------------------

SettingOutcome take_flag(bool& flag, const std::string& text) {
  if (text != "true" && text != "false")
    return std::unexpected("It is true or false.");
  flag = text == "true";
  return {};
}

Texts text_of(bool flag) {
  return {flag ? "true" : "false"};
}

SettingOutcome set_bell(Settings& settings, const Texts& texts) {
  return take_flag(settings.attention.bell, texts[0]);
}

Texts get_bell(const Settings& settings) {
  return text_of(settings.attention.bell);
}

SettingOutcome set_typing(Settings& settings, const Texts& texts) {
  return take_flag(settings.tells_typing, texts[0]);
}

Texts get_typing(const Settings& settings) {
  return text_of(settings.tells_typing);
}

SettingOutcome set_mouse(Settings& settings, const Texts& texts) {
  return take_flag(settings.mouse, texts[0]);
}

Texts get_mouse(const Settings& settings) {
  return text_of(settings.mouse);
}

SettingOutcome set_log(Settings& settings, const Texts& texts) {
  return take_flag(settings.log.on, texts[0]);
}

Texts get_log(const Settings& settings) {
  return text_of(settings.log.on);
}

SettingOutcome set_log_folder(Settings& settings, const Texts& texts) {
  if (!texts[0].empty() && !texts[0].starts_with('/'))
    return std::unexpected("It is a path that begins with a slash.");
  settings.log.folder = texts[0];
  return {};
}

Texts get_log_folder(const Settings& settings) {
  return {settings.log.folder};
}

template <bool Panes::* pane>
SettingOutcome set_pane(Settings& settings, const Texts& texts) {
  return take_flag(settings.panes.*pane, texts[0]);
}

template <bool Panes::* pane>
Texts get_pane(const Settings& settings) {
  return text_of(settings.panes.*pane);
}

template <Columns Panes::* width>
SettingOutcome set_width(Settings& settings, const Texts& texts) {
  constexpr int kLeast = 8;
  constexpr int kMost = 40;
  const std::string& text = texts[0];
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < kLeast || number > kMost)
    return std::unexpected(fmt::format("It is a number from {} to {}.", kLeast, kMost));
  settings.panes.*width = Columns{number};
  return {};
}

template <Columns Panes::* width>
Texts get_width(const Settings& settings) {
  return {std::to_string((settings.panes.*width).value)};
}

SettingOutcome set_command(Settings& settings, const Texts& texts) {
  settings.attention.command = texts[0];
  return {};
}

Texts get_command(const Settings& settings) {
  return {settings.attention.command};
}

constexpr std::string_view kColour =
    "It is the name of a colour, as red or bright-red, a number up to 255, or default.";

template <std::optional<short> Colours::* colour>
SettingOutcome set_colour(Settings& settings, const Texts& texts) {
  const auto chosen = colour_named(texts[0]);
  if (!chosen && !texts[0].empty())
    return std::unexpected(std::string(kColour));
  settings.colours.*colour = chosen;
  return {};
}

template <std::optional<short> Colours::* colour>
Texts get_colour(const Settings& settings) {
  const auto chosen = settings.colours.*colour;
  return {chosen ? name_of_colour(*chosen) : std::string()};
}

SettingOutcome set_name_colours(Settings& settings, const Texts& texts) {
  constexpr std::size_t kMost = 64;
  std::vector<short> names;
  for (const std::string& text : texts) {
    const auto colour = colour_named(text);
    if (!colour)
      return std::unexpected(std::string(kColour));
    names.push_back(*colour);
  }
  if (names.size() > kMost)
    return std::unexpected(fmt::format("More than {} colours cannot be told apart.", kMost));
  settings.colours.names = std::move(names);
  return {};
}

Texts get_name_colours(const Settings& settings) {
  Texts texts;
  for (const short colour : settings.colours.names)
    texts.push_back(name_of_colour(colour));
  return texts;
}

constexpr std::string_view kColours = "colours";

template <std::optional<short> Colours::* colour>
constexpr Setting colour_of(std::string_view name, std::string_view purpose) {
  return {kColours, name, SettingKind::text, purpose, set_colour<colour>, get_colour<colour>};
}

constexpr std::array kSettings = {
    Setting{"", "nick", SettingKind::text, "your nickname; without one you are asked",
            set_text<&Settings::nickname, check_nickname>, get_text<&Settings::nickname>},
    Setting{"", "server", SettingKind::text, "the server when none is named",
            set_text<&Settings::server, check_address>, get_text<&Settings::server>},
    Setting{"", "rooms", SettingKind::list, "rooms that you enter at the start",
            set_list<&Settings::rooms, check_room>, get_list<&Settings::rooms>},
    Setting{"", "highlight-words", SettingKind::list,
            "words that stand out in messages, beside your nickname",
            set_list<&Settings::highlight_words, check_anything>,
            get_list<&Settings::highlight_words>},
    Setting{"", "bell", SettingKind::flag, "rings when something stands out or is whispered",
            set_bell, get_bell},
    Setting{"", "highlight-command", SettingKind::text,
            "is run when something stands out or is whispered", set_command, get_command},
    Setting{"", "show-rooms", SettingKind::flag, "lists the rooms, where there is room for it",
            set_pane<&Panes::rooms>, get_pane<&Panes::rooms>},
    Setting{"", "rooms-width", SettingKind::number, "columns of that list",
            set_width<&Panes::rooms_width>, get_width<&Panes::rooms_width>},
    Setting{"", "show-people", SettingKind::flag, "lists who is there, where there is room for it",
            set_pane<&Panes::people>, get_pane<&Panes::people>},
    Setting{"", "people-width", SettingKind::number, "columns of that list",
            set_width<&Panes::people_width>, get_width<&Panes::people_width>},
    Setting{"", "tell-typing", SettingKind::flag, "lets others see that you write", set_typing,
            get_typing},
    Setting{"", "mouse", SettingKind::flag, "takes the mouse, for clicks and the wheel", set_mouse,
            get_mouse},
    Setting{"", "log", SettingKind::flag, "writes what is said into files", set_log, get_log},
    Setting{"", "log-folder", SettingKind::text, "where they are; without one in the state folder",
            set_log_folder, get_log_folder},
    colour_of<&Colours::event>("event", "of who comes and goes"),
    colour_of<&Colours::notice>("notice", "of answers to you"),
    colour_of<&Colours::own>("own", "of what you say"),
    colour_of<&Colours::whisper>("whisper", "of whispers"),
    colour_of<&Colours::error>("error", "of what went wrong"),
    colour_of<&Colours::alert>("alert", "of what wants attention in a bar"),
    colour_of<&Colours::mention>("mention", "of what stands out"),
    Setting{kColours, "names", SettingKind::list, "of nicknames, which share them",
            set_name_colours, get_name_colours},
};

}  // namespace

std::span<const Setting> all_settings() {
  return kSettings;
}

const Setting* find_setting(const SettingName& name) {
  const auto* found = std::ranges::find_if(kSettings, [&](const Setting& setting) {
    return setting.section == name.section && setting.name == name.name;
  });
  return found == kSettings.end() ? nullptr : found;
}

std::string as_written(SettingKind kind, const Texts& texts) {
  if (kind == SettingKind::flag || kind == SettingKind::number)
    return texts[0];
  if (kind == SettingKind::text)
    return in_quotes(texts[0]);
  std::string list;
  for (const std::string& text : texts)
    list += (list.empty() ? "" : ", ") + in_quotes(text);
  return fmt::format("[{}]", list);
}

}  // namespace chat::client
