// Which numbers there were, of which most follow each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "libchat/ids.hpp"

namespace chat::client {

// Takes little memory as long as there are few gaps. A plain value.
class NumberSet {
 public:
  NumberSet() = default;
  // Has all from 1 up to this one.
  explicit NumberSet(Sequence last);

  // False when it has the number already.
  bool add(Sequence number);

  std::size_t runs() const { return runs_.size(); }

 private:
  std::map<std::uint64_t, std::uint64_t> runs_;  // the first number of each, and its last
};

}  // namespace chat::client
