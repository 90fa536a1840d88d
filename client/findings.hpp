// What a search has found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "client/choice.hpp"
#include "libchat/protocol.hpp"

namespace chat::client {

// The hits, newest first, one of which is chosen when there are any. A plain value.
class Findings {
 public:
  // Whoever wants more should search for something else.
  static constexpr std::size_t kMostHits = 2'000;
  static constexpr std::uint16_t kPage = 100;

  explicit Findings(std::string words) : words_(std::move(words)) {}

  const std::string& words() const { return words_; }
  std::span<const protocol::SearchHit> hits() const { return hits_; }
  std::size_t chosen() const { return choice_.index(); }

  // Another page of hits, behind those that there are.
  void add(protocol::SearchResults page);
  // To ask for the following page with; 0: there is none, or too much already.
  std::uint64_t next() const { return next_; }

  // By so many hits towards older or, when negative, newer ones; as far as there are some.
  void move(std::ptrdiff_t hits) { choice_.move(hits, hits_.size()); }
  bool is_last_chosen() const { return chosen() + 1 >= hits_.size(); }
  // Why the last page that was wanted, or the message chosen, did not come; or empty.
  void failed(std::string why) { trouble_ = std::move(why); }
  const std::string& trouble() const { return trouble_; }
  // The first hit to be shown where there is room for `rows`, so that the chosen one is seen.
  std::size_t first_shown(std::size_t rows) const {
    return choice_.first_shown(rows, hits_.size());
  }

 private:
  std::string words_;
  std::vector<protocol::SearchHit> hits_;
  std::uint64_t next_ = 0;
  Choice choice_;
  std::string trouble_;
};

}  // namespace chat::client
