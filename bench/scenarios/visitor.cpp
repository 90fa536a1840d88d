#include "bench/scenarios/visitor.hpp"

#include <cassert>

namespace chat::bench {

void Visitor::begin(Instant due) {
  assert(is_there());
  due_ = due;
  acknowledged_ = false;
  heard_ = false;
}

void Visitor::enter(Sequence next) {
  next_ = next;
}

void Visitor::receive(Sequence sequence, std::optional<std::uint32_t> own, Verdict& verdict) {
  if (sequence < next_) {
    ++verdict.duplicated;
    return;
  }
  verdict.lost += sequence.value - next_.value;
  next_ = sequence + 1;
  if (own && *own == own_)
    heard_ = true;
}

}  // namespace chat::bench
