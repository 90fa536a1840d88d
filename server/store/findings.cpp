#include "server/store/findings.hpp"

#include <fmt/format.h>

namespace chat::store {

Ranges::~Ranges() {
  tell();
  if (told_ > Findings::kMostOfAKind)
    findings_.add(
        fmt::format("{}: {} more places like that", room_, told_ - Findings::kMostOfAKind));
}

void Ranges::add(Sequence first, Sequence last) {
  if (last_ != Sequence{} && first <= last_ + 1) {
    last_ = last;
    return;
  }
  tell();
  first_ = first;
  last_ = last;
}

void Ranges::tell() {
  if (last_ == Sequence{} || ++told_ > Findings::kMostOfAKind)
    return;
  findings_.add(first_ == last_ ? fmt::format("{}: message {} is {}", room_, first_.value, fault_)
                                : fmt::format("{}: messages {} to {} are {}", room_, first_.value,
                                              last_.value, fault_));
}

}  // namespace chat::store
