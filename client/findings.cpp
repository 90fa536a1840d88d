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

}  // namespace chat::client
