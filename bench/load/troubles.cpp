#include "bench/load/troubles.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "libchat/text.hpp"

namespace chat::bench {
namespace {

constexpr std::size_t kMaxSentences = 20;

}  // namespace

void Troubles::add(std::string sentence, std::uint64_t times) {
  sentence = harmless(sentence);
  if (sentences_.size() == kMaxSentences && !sentences_.contains(sentence))
    return add_unlisted(times);
  count_ += times;
  sentences_[std::move(sentence)] += times;
}

void Troubles::add(const Troubles& others) {
  for (const auto& [sentence, times] : others.sentences_)
    add(sentence, times);
  add_unlisted(others.unlisted_);
}

void Troubles::add_unlisted(std::uint64_t times) {
  count_ += times;
  unlisted_ += times;
}

std::string Troubles::lines() const {
  std::string lines;
  for (const auto& [sentence, count] : sentences_)
    lines += fmt::format("\n  {} x {}", count, sentence);
  if (unlisted_ > 0)
    lines += fmt::format("\n  {} x something else", unlisted_);
  return lines;
}

}  // namespace chat::bench
