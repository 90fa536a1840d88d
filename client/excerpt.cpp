#include "client/excerpt.hpp"

#include <algorithm>

namespace chat::client {

Range Excerpt::around() const {
  const Sequence after{message_.value > kAround ? message_.value - kAround : 0};
  const Sequence before = message_ + kAround;
  return {Range::For::excerpt, room_, after, before, before.value - after.value};
}

std::optional<Range> Excerpt::page_up(Size area) {
  trouble_.clear();
  scrollback_.page_up(area);
  const auto first = scrollback_.first_number();
  if (!first || !scrollback_.is_near_first(area))
    return std::nullopt;
  if (*first <= std::max(kept_from_, Sequence{1})) {
    scrollback_.insert_beginning(beginning_line());
    return std::nullopt;
  }
  return Range{Range::For::excerpt, room_, {}, *first, 2 * kAround};
}

std::optional<Range> Excerpt::page_down(Size area) {
  trouble_.clear();
  scrollback_.page_down(area);
  // What comes in below is not to be jumped to.
  scrollback_.stay(area);
  const auto last = scrollback_.last_number();
  if (!last || !scrollback_.is_near_end(area))
    return std::nullopt;
  return Range{Range::For::excerpt, room_, *last, *last + 2 * kAround + 1, 2 * kAround};
}

void Excerpt::add(const Range& range, std::vector<Line> lines, bool is_oldest) {
  const auto last = scrollback_.last_number();
  const bool is_below = last && range.after >= *last;
  const auto first = lines.empty() ? range.before : lines.front().number;
  scrollback_.insert(std::move(lines),
                     is_below ? HeldLines::Forget::first : HeldLines::Forget::last);
  if (is_oldest && range.after == Sequence{})
    kept_from_ = first;
  if (!is_ready_)
    is_ready_ =
        scrollback_.show(message_, area_, begin_ == Begin::around ? area_.height.value / 2 : 0);
}

}  // namespace chat::client
