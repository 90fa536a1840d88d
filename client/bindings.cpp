#include "client/bindings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "client/key_name.hpp"

namespace chat::client {

Bindings::Bindings() {
  for (const Action& action : actions())
    for (const Key& key : keys_named(action.keys))
      add(key, action);
}

void Bindings::bind(const Key& key, const Action& action) {
  unbind(key);
  add(key, action);
}

void Bindings::add(const Key& key, const Action& action) {
  bindings_.push_back({key, &action});
}

void Bindings::unbind(const Key& key) {
  std::erase_if(bindings_, [&](const Binding& binding) { return binding.key == key; });
}

bool Bindings::run(const Key& key, Desk& desk) const {
  return std::ranges::any_of(bindings_, [&](const Binding& binding) {
    return binding.key == key && binding.action->run(desk);
  });
}

std::vector<std::string> Bindings::explain() const {
  std::vector<std::string> lines;
  for (const Action& action : actions())
    lines.push_back(fmt::format("{} ({}): {}", keys_of(action), action.name, action.purpose));
  return lines;
}

std::string Bindings::actions_of(const Key& key) const {
  std::string names;
  for (const Binding& binding : bindings_)
    if (binding.key == key)
      names += (names.empty() ? "" : ", ") + std::string(binding.action->name);
  return names.empty() ? "nothing" : names;
}

std::string Bindings::key_of(const Action& action) const {
  const auto found = std::ranges::find(bindings_, &action, &Binding::action);
  return found == bindings_.end() ? std::string() : name_of(found->key);
}

std::vector<std::string> Bindings::key_names() const {
  std::vector<std::string> names;
  for (const Binding& binding : bindings_)
    if (std::string name = name_of(binding.key); std::ranges::find(names, name) == names.end())
      names.push_back(std::move(name));
  return names;
}

std::string Bindings::keys_of(const Action& action) const {
  std::string keys;
  for (const Binding& binding : bindings_)
    if (binding.action == &action)
      keys += (keys.empty() ? "" : ", ") + name_of(binding.key);
  return keys.empty() ? "No key" : keys;
}

}  // namespace chat::client
