// Which key does what.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "client/actions.hpp"
#include "client/key.hpp"

namespace chat::client {

// A plain value. A key may have several actions: the first whose time it is runs.
class Bindings {
 public:
  // The default keys of all actions.
  Bindings();

  // From now on the key does this, and nothing else.
  void bind(const Key& key, const Action& action);
  // One more thing that the key does when it is not the time for the others.
  void add(const Key& key, const Action& action);
  void unbind(const Key& key);

  // Runs what the key is bound to; false when that is nothing, or nothing for now.
  bool run(const Key& key, Desk& desk) const;

  // The names of what a key does, the first one first; "nothing" when it does nothing.
  std::string actions_of(const Key& key) const;
  // The name of the first key that does this; empty when none does.
  std::string key_of(const Action& action) const;
  // Of all keys that do something.
  std::vector<std::string> key_names() const;
  // A line for each action: its keys, its name, and what it does.
  std::vector<std::string> explain() const;

 private:
  struct Binding {
    Key key;
    const Action* action;
  };

  std::string keys_of(const Action& action) const;

  std::vector<Binding> bindings_;  // those of a key in the order in which they are asked
};

}  // namespace chat::client
