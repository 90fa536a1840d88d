// Choosing from a list.
#pragma once

#include <algorithm>
#include <cstddef>

namespace chat::client {

// Which entry of a list is chosen; in an empty one, the first that will be there. A plain value.
class Choice {
 public:
  std::size_t index() const { return index_; }

  // By so many entries down or, when negative, up, as far as there are some of the `count`.
  void move(std::ptrdiff_t entries, std::size_t count) {
    const auto last = static_cast<std::ptrdiff_t>(std::max<std::size_t>(count, 1)) - 1;
    const auto wished = static_cast<std::ptrdiff_t>(index_) + entries;
    index_ = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wished, 0, last));
  }

  // The first entry to be shown where there is room for `rows`, so that the chosen one is seen.
  std::size_t first_shown(std::size_t rows, std::size_t count) const {
    if (count <= rows)
      return 0;
    const std::size_t above = rows / 2;
    return std::min(index_ > above ? index_ - above : 0, count - rows);
  }

 private:
  std::size_t index_ = 0;
};

}  // namespace chat::client
