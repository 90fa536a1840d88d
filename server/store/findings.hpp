// What a check finds, in sentences.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libchat/ids.hpp"

namespace chat::store {

class Findings {
 public:
  // Behind so many of one kind they are only counted.
  static constexpr std::size_t kMostOfAKind = 20;

  bool empty() const { return lines_.empty(); }
  std::vector<std::string> take() { return std::move(lines_); }

  void add(std::string line) { lines_.push_back(std::move(line)); }

 private:
  std::vector<std::string> lines_;
};

// Numbers of one room that share a fault, told as ranges: "room 1: messages 3 to 5 are missing".
// What was not told is told at the end of its life.
class Ranges {
 public:
  Ranges(Findings& findings, std::string room, std::string_view fault)
      : findings_(findings), room_(std::move(room)), fault_(fault) {}
  ~Ranges();
  Ranges(const Ranges&) = delete;
  Ranges& operator=(const Ranges&) = delete;

  // Ascending.
  void add(Sequence first, Sequence last);

 private:
  void tell();

  Findings& findings_;
  std::string room_;
  std::string_view fault_;
  Sequence first_{};
  Sequence last_{};
  std::size_t told_ = 0;
};

}  // namespace chat::store
