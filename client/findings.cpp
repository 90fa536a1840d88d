#include "client/findings.hpp"

#include <algorithm>
#include <iterator>

namespace chat::client {

void Findings::add(protocol::SearchResults page) {
  const std::size_t room = kMostHits - hits_.size();
  if (page.hits.size() > room)
    page.hits.resize(room);
  // A page without a hit would be asked for again and again.
  next_ = page.hits.empty() || hits_.size() + page.hits.size() >= kMostHits ? 0 : page.next;
  std::ranges::move(page.hits, std::back_inserter(hits_));
}

void Findings::move(std::ptrdiff_t hits) {
  if (hits_.empty())
    return;
  const auto last = static_cast<std::ptrdiff_t>(hits_.size()) - 1;
  chosen_ = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(chosen_) + hits, 0, last));
}

std::size_t Findings::first_shown(std::size_t rows) const {
  if (hits_.size() <= rows)
    return 0;
  const std::size_t above = rows / 2;
  return std::min(chosen_ > above ? chosen_ - above : 0, hits_.size() - rows);
}

}  // namespace chat::client
