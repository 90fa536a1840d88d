// The keys of the table of actions.
#pragma once

#include <algorithm>
#include <vector>

#include "client/actions.hpp"
#include "client/key.hpp"
#include "client/key_name.hpp"

namespace chat::client::test {

// All that are bound to anything by default, each once.
inline std::vector<Key> bound_keys() {
  std::vector<Key> keys;
  for (const Action& action : actions())
    for (const Key& key : keys_named(action.keys))
      if (std::ranges::find(keys, key) == keys.end())
        keys.push_back(key);
  return keys;
}

}  // namespace chat::client::test
