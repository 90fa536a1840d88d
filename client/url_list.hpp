// The addresses of web pages in what was said.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "client/choice.hpp"
#include "client/held_lines.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

struct FoundUrl {
  std::string url;
  WallTime time;     // 0: not known
  std::string from;  // who said it last; empty: not known
};

// Addresses, newest first, one of which is chosen when there are any. A plain value.
class UrlList {
 public:
  // Whoever wants older ones can search for them.
  static constexpr std::size_t kMost = 500;

  // Those that are in the lines, each once.
  explicit UrlList(const HeldLines& lines);

  std::span<const FoundUrl> urls() const { return urls_; }
  std::size_t chosen() const { return choice_.index(); }
  void move(std::ptrdiff_t entries) { choice_.move(entries, urls_.size()); }
  std::size_t first_shown(std::size_t rows) const {
    return choice_.first_shown(rows, urls_.size());
  }

 private:
  void add_from(const Line& line);

  std::vector<FoundUrl> urls_;
  Choice choice_;
};

}  // namespace chat::client
