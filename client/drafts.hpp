// What is being written in each room.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/editor.hpp"
#include "client/history.hpp"

namespace chat::client {

struct Draft {
  Editor editor;
  History history;
  // A large paste, until it was looked at and taken or dropped.
  std::optional<Editor> paste;
};

// One draft for each place: a room, a conversation, or none at all (an empty name). A plain value.
class Drafts {
 public:
  // Beyond this many the one that was not seen for longest is forgotten, an empty one before
  // others.
  static constexpr std::size_t kMaxDrafts = 64;

  // The references are valid until the next go_to().
  Draft& front() { return kept_.front().draft; }
  const Draft& front() const { return kept_.front().draft; }
  const std::string& place() const { return kept_.front().name; }

  // Another place is in front.
  void go_to(std::string_view place);
  // The same, while somebody is typing who may not have expected it: unless something stands there
  // already, the text goes along, so that the rest of it does not come apart from its begin. Where
  // one was in no room, what was entered goes along, too.
  void go_along_to(std::string_view place);

  // What was being written there at an earlier time, unless something is written there now.
  void restore(std::string_view place, std::string text);
  // Places, but for none at all, and what is written there, also where that is nothing.
  std::vector<std::pair<std::string, std::string>> texts() const;

 private:
  struct Kept {
    std::string name;
    Draft draft;
  };

  void bring(std::string_view place);
  void forget_surplus();

  std::list<Kept> kept_ = std::list<Kept>(1);  // never empty; the one that was seen last first
};

}  // namespace chat::client
