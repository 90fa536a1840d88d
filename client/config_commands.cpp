#include "client/config_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <variant>

#include "client/key_name.hpp"
#include "client/key_settings.hpp"
#include "client/setting_table.hpp"
#include "client/words.hpp"

namespace chat::client {
namespace {

// What keys do that do nothing.
constexpr std::string_view kNothing = "nothing";

std::string line_of(const Settings& settings, const SettingName& name) {
  const std::string value = value_of(settings, name);
  std::string line = fmt::format("{} = {}", to_string(name), value);
  const std::string purpose = purpose_of(name);
  if (purpose.empty())
    return line;
  const std::string usual = value_of(Settings(), name);
  const std::string hint = usual == value ? std::string() : fmt::format(" (default: {})", usual);
  return fmt::format("{}: {}{}", line, purpose, hint);
}

// What has come of a change.
ConfigAnswer told(Configuration::Outcome outcome) {
  if (!outcome)
    return std::unexpected(std::move(outcome.error()));
  if (outcome->trouble.empty())
    return std::vector{std::move(outcome->now)};
  return std::vector{fmt::format("{}, until this client ends. It is not kept: {}", outcome->now,
                                 outcome->trouble)};
}

// What is set of a section, or all.
ConfigAnswer list(const Settings& settings, std::string_view section) {
  std::vector<std::string> lines;
  for (const SettingName& name : names_in(settings))
    if (section.empty() || name.section == section ||
        name.section.starts_with(std::string(section) + "."))
      lines.push_back(line_of(settings, name));
  if (lines.empty())
    return std::unexpected(fmt::format("There is no setting {}. /set lists all.", section));
  return lines;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!trimmed(text).empty()) {
    const auto end = std::min(text.find(','), text.size());
    if (const auto part = trimmed(text.substr(0, end)); !part.empty())
      parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// As the file would have it; nothing when that is no value there.
std::optional<ConfigValue> value_in_file(std::string_view text) {
  const std::string line = fmt::format("value = {}", text);
  const auto parsed = ConfigText::parse(line);
  if (!parsed || parsed->entries().size() != 1 || parsed->entries().front().end != line.size())
    return std::nullopt;
  return parsed->entries().front().value;
}

// As the user enters it: lists have commas, and quotation marks and brackets are as in the file. A
// number is a text like others, and stays as it was written.
ConfigValue value_from(const SettingName& name, std::string_view text) {
  const bool is_quoted = text.starts_with('"') || text.starts_with('\'');
  if (is_quoted || text.starts_with('['))
    if (auto value = value_in_file(text))
      return *std::move(value);
  if (is_quoted && is_list(name))
    if (auto value = value_in_file(fmt::format("[{}]", text)))
      return *std::move(value);
  return is_list(name) ? ConfigValue{split_list(text), true}
                       : ConfigValue{{std::string(text)}, false};
}

// The present one comes first, so that it can be changed.
std::vector<std::string> values_for(const Settings& settings, const SettingName& name) {
  std::vector<std::string> values{value_of(settings, name)};
  const auto add = [&](std::string_view value) {
    if (std::ranges::find(values, value) == values.end())
      values.emplace_back(value);
  };
  add(value_of(Settings(), name));
  const Setting* setting = find_setting(name);
  if (setting != nullptr && setting->kind == SettingKind::flag)
    for (const std::string_view value : {"true", "false"})
      add(value);
  if (name.section == "colours")
    for (const std::string_view value : colour_names())
      add(value);
  std::erase(values, "");
  return values;
}

ConfigAnswer run(const command::Set& command, Configuration& configuration) {
  const SettingName name = setting_named(command.name);
  const Settings& settings = configuration.settings();
  if (!command.value.empty())
    return told(configuration.change(name, value_from(name, command.value)));
  if (value_of(settings, name).empty() && can_be_set(name))
    return std::vector{fmt::format("{} is not set", to_string(name))};
  if (command.name.empty() || value_of(settings, name).empty())
    return list(settings, command.name);
  return std::vector{line_of(settings, name)};
}

ConfigAnswer run(const command::Unset& command, Configuration& configuration) {
  return told(configuration.take_back(setting_named(command.name)));
}

ConfigAnswer run(const command::Keys&, Configuration& configuration) {
  return bindings_of(configuration.settings()).explain();
}

ConfigAnswer run(const command::Bind& command, Configuration& configuration) {
  const auto key = key_named(command.key);
  if (command.key.empty())
    return run(command::Keys{}, configuration);
  if (!key)
    return std::unexpected(no_such_key(command.key));
  if (command.action.empty())
    return std::vector{fmt::format("{}: {}", name_of(*key),
                                   bindings_of(configuration.settings()).actions_of(*key))};
  const std::string action = command.action == kNothing ? std::string() : command.action;
  return told(configuration.change({"keys", name_of(*key)}, {{action}, false}));
}

template <class Other>
std::optional<ConfigAnswer> run(const Other&, Configuration&) {
  return std::nullopt;
}

}  // namespace

void add_words(Vocabulary& vocabulary, const Settings& settings) {
  for (const SettingName& name : names_in(settings)) {
    const std::string text = to_string(name);
    vocabulary.settings.push_back(text);
    vocabulary.values[text] = values_for(settings, name);
  }
  vocabulary.keys = bindings_of(settings).key_names();
  for (const Action& action : actions())
    vocabulary.actions.emplace_back(action.name);
  vocabulary.actions.emplace_back(kNothing);
}

std::optional<ConfigAnswer> answer(const command::Command& command, Configuration& configuration) {
  return std::visit(
      [&](const auto& c) -> std::optional<ConfigAnswer> { return run(c, configuration); }, command);
}

Model::Outcome submit(std::string_view line, Model& model, Configuration& configuration,
                      WallTime now) {
  const auto parsed = command::parse(line);
  if (model.phase() == Phase::naming || !parsed)
    return model.submit(line, now);
  auto answered = answer(*parsed, configuration);
  if (!answered)
    return model.submit(line, now);
  if (!*answered)
    return std::unexpected(std::move(answered->error()));
  model.tell(**answered, now);
  return {};
}

std::string told_of_keeping(std::string_view nickname, const Configuration::Outcome& kept) {
  if (!kept || !kept->trouble.empty())
    return fmt::format("You will be asked again the next time: {}",
                       kept ? kept->trouble : kept.error());
  return fmt::format("You are {} the next time, too; /set nick changes that.", nickname);
}

}  // namespace chat::client
