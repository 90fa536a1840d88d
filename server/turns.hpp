// What waits to be served, in turn.
#pragma once

#include <cassert>
#include <deque>
#include <map>
#include <utility>

namespace chat::server {

// Of everybody who waits the first thing, then of everybody the second: whoever has many waits with
// them, and keeps nobody else waiting for longer than one of them takes. One thread at a time.
template <class Who, class Thing>
class Turns {
 public:
  bool empty() const { return turns_.empty(); }

  void push(const Who& who, Thing thing) {
    auto& things = waiting_[who];
    if (things.empty())
      turns_.push_back(who);
    things.push_back(std::move(thing));
  }

  // Precondition: something waits.
  Thing pop() {
    assert(!empty());
    const auto whose = waiting_.find(turns_.front());
    turns_.pop_front();
    Thing thing = std::move(whose->second.front());
    whose->second.pop_front();
    if (whose->second.empty())
      waiting_.erase(whose);
    else
      turns_.push_back(whose->first);
    return thing;
  }

 private:
  std::map<Who, std::deque<Thing>> waiting_;
  std::deque<Who> turns_;  // each who has something that waits, once
};

}  // namespace chat::server
