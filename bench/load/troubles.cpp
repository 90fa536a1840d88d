#include "bench/load/troubles.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "libchat/text.hpp"

namespace chat::bench {
namespace {

constexpr std::size_t kMaxSentences = 20;

}  // namespace

void Troubles::add(std::string sentence) {
  ++count_;
  sentence = harmless(sentence);
  if (sentences_.size() == kMaxSentences && !sentences_.contains(sentence))
    ++unlisted_;
  else
    ++sentences_[std::move(sentence)];
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
