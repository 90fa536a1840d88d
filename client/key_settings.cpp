#include "client/key_settings.hpp"

#include <fmt/format.h>

#include "client/key_name.hpp"

namespace chat::client {

std::string spelt_key(std::string_view name) {
  const auto key = key_named(name);
  return key ? name_of(*key) : std::string();
}

std::string no_such_key(std::string_view name) {
  return fmt::format("There is no key {}. Keys are called as in /keys.", name);
}

SettingOutcome bind_key(Settings& settings, std::string_view key, std::string_view action) {
  const std::string spelt = spelt_key(key);
  if (spelt.empty())
    return std::unexpected(no_such_key(key));
  if (!action.empty() && action_named(action) == nullptr)
    return std::unexpected(
        fmt::format("Keys cannot do \"{}\". /keys lists what they can.", action));
  settings.keys[spelt] = action;
  return {};
}

SettingOutcome unbind_key(Settings& settings, std::string_view key) {
  if (settings.keys.erase(spelt_key(key)) == 0)
    return std::unexpected("The key does what it does by default.");
  return {};
}

Bindings bindings_of(const Settings& settings) {
  Bindings bindings;
  for (const auto& [name, action] : settings.keys) {
    const auto key = key_named(name);
    if (!key)
      continue;
    if (const Action* known = action_named(action))
      bindings.bind(*key, *known);
    else
      bindings.unbind(*key);
  }
  return bindings;
}

}  // namespace chat::client
