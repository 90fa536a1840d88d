#include "client/kill_ring.hpp"

#include <cassert>
#include <utility>

namespace chat::client {

void KillRing::add(std::string piece) {
  if (piece.empty())
    return;
  pieces_.push_front(std::move(piece));
  if (pieces_.size() > kMaxPieces)
    pieces_.pop_back();
}

void KillRing::add_before(const std::string& more) {
  if (pieces_.empty())
    return add(more);
  pieces_.front().insert(0, more);
}

void KillRing::add_behind(const std::string& more) {
  if (pieces_.empty())
    return add(more);
  pieces_.front() += more;
}

const std::string& KillRing::newest() {
  assert(!empty());
  at_ = 0;
  return pieces_[at_];
}

const std::string& KillRing::older() {
  assert(!empty());
  at_ = (at_ + 1) % pieces_.size();
  return pieces_[at_];
}

}  // namespace chat::client
