// What went wrong during a run, in words: errors of the server, connections that ended.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace chat::bench {

// Counts equal sentences, so that the same trouble of thousands of clients is one line. Keeps a
// bounded number of different ones. One thread at a time.
class Troubles {
 public:
  void add(std::string sentence, std::uint64_t times = 1);
  void add(const Troubles& others);

  std::uint64_t count() const { return count_; }
  // Each with how often it was said; those beyond the bound are only counted.
  const std::map<std::string, std::uint64_t>& sentences() const { return sentences_; }
  std::uint64_t unlisted() const { return unlisted_; }
  void add_unlisted(std::uint64_t times);
  // One line each, "\n  3 x sentence", harmless to a terminal; empty when there are none.
  std::string lines() const;

 private:
  std::map<std::string, std::uint64_t> sentences_;
  std::uint64_t count_ = 0;
  std::uint64_t unlisted_ = 0;
};

}  // namespace chat::bench
