#pragma once

#include <algorithm>
#include <set>

#include "libchat/ids.hpp"

namespace chat::bench {

// Which messages of a pair its member knows: those that came, and its own that were acknowledged,
// which may be told out of order. One thread.
class KnownMessages {
 public:
  void add(Sequence sequence) {
    if (sequence <= last_)
      return;
    ahead_.insert(sequence);
    while (!ahead_.empty() && *ahead_.begin() == last_ + 1) {
      last_ = *ahead_.begin();
      ahead_.erase(ahead_.begin());
    }
  }

  // All up to this one came, or are known to be missing.
  void pass(Sequence sequence) {
    last_ = std::max(last_, sequence);
    ahead_.erase(ahead_.begin(), ahead_.upper_bound(last_));
  }

  bool has(Sequence sequence) const { return sequence <= last_ || ahead_.contains(sequence); }
  // The last message up to which all are known.
  Sequence last() const { return last_; }
  // Those that are known behind it.
  const std::set<Sequence>& ahead() const { return ahead_; }

 private:
  Sequence last_;
  std::set<Sequence> ahead_;  // of a hole
};

}  // namespace chat::bench
