// Who holds which nickname. A nickname has at most one holder; names that fold alike are one.
// One thread at a time (in the server: under the hub's lock).
#pragma once

#include <absl/container/btree_map.h>

#include <cstddef>

#include "libchat/connection_table.hpp"
#include "libchat/name.hpp"

namespace chat {

class NicknameRegistry {
 public:
  // False when somebody else holds the name. One's own name can be claimed again.
  bool claim(const Nickname& name, SessionId holder);

  // Precondition: `holder` holds the name.
  void release(const Nickname& name, SessionId holder);

  // The holder, or a handle that names nothing.
  SessionId holder(const Nickname& name) const;

  std::size_t size() const { return holders_.size(); }

 private:
  // Takes little more than the names themselves.
  struct ByFolded {
    bool operator()(const Nickname& a, const Nickname& b) const { return a.folded() < b.folded(); }
  };
  absl::btree_map<Nickname, SessionId, ByFolded> holders_;
};

}  // namespace chat
