#include "client/held_lines.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chat::client {

void HeldLines::append(Line line) {
  bytes_ += line.text.size();
  if (news_)
    news_->push_back(line);
  lines_.push_back(std::move(line));
  forget_surplus(Forget::first);
}

void HeldLines::clear() {
  begin_ = end();
  lines_.clear();
  bytes_ = 0;
  divide();
}

std::vector<HeldLines::Insertion> HeldLines::insert(std::vector<Line> lines, Arrival arrival) {
  std::vector<Insertion> done;
  if (lines.empty())
    return done;
  const auto known = held();
  const std::size_t news_before = news_ ? news_->size() : 0;
  // From below, so that the places of those above stay as they are.
  while (!lines.empty()) {
    const auto place = place_of(lines.back(), known);
    auto first = lines.end() - 1;
    while (first != lines.begin() && place_of(*(first - 1), known) == place)
      --first;
    std::vector<Line> run(std::make_move_iterator(first), std::make_move_iterator(lines.end()));
    lines.erase(first, lines.end());
    if (place)
      done.push_back(put(*place, std::move(run)));
  }
  if (!news_)
    return done;
  const auto first = news_->begin() + static_cast<std::ptrdiff_t>(news_before);
  if (arrival == Arrival::past)
    news_->erase(first, news_->end());
  else
    std::ranges::stable_sort(first, news_->end(), {}, &Line::number);
  return done;
}

std::optional<HeldLines::Insertion> HeldLines::insert_beginning(Line line) {
  Position place = first_message();
  if (place > begin_ && at(place - 1).kind == LineKind::marker)
    --place;
  if (place > begin_ && at(place - 1).kind == line.kind)
    return std::nullopt;
  std::vector<Line> lines;
  lines.push_back(std::move(line));
  return put(place - begin_, std::move(lines));
}

std::optional<HeldLines::Insertion> HeldLines::mark(Line line, Sequence after) {
  const auto index = index_to_mark(after);
  if (!index)
    return std::nullopt;
  std::vector<Line> lines;
  lines.push_back(std::move(line));
  const Insertion done = put(*index, std::move(lines));
  // Whoever shows lines as they come has shown those below it.
  if (news_)
    news_->pop_back();
  return done;
}

bool HeldLines::is_marked_right(Sequence after) const {
  if (const auto index = index_to_mark(after))
    return *index > 0 && lines_[*index - 1].kind == LineKind::marker;
  return std::ranges::find(lines_, LineKind::marker, &Line::kind) == lines_.end();
}

std::optional<HeldLines::Position> HeldLines::unmark() {
  const auto marker = std::ranges::find(lines_, LineKind::marker, &Line::kind);
  if (marker == lines_.end())
    return std::nullopt;
  const Position place = begin_ + static_cast<Position>(marker - lines_.begin());
  take_out(place);
  return place;
}

void HeldLines::take_out(Position place) {
  const auto line = lines_.begin() + static_cast<std::ptrdiff_t>(place - begin_);
  bytes_ -= line->text.size();
  lines_.erase(line);
  ++begin_;
  if (divide_ <= place)
    ++divide_;
}

std::optional<Sequence> HeldLines::first_number() const {
  const Position place = first_message();
  return place < end() && at(place).number != Sequence{} ? std::optional(at(place).number)
                                                         : std::nullopt;
}

std::optional<Sequence> HeldLines::last_number() const {
  const auto known = held();
  return known.empty() ? std::nullopt : std::optional(known.back().number);
}

std::optional<HeldLines::Position> HeldLines::find(Sequence number) const {
  const auto known = held();
  const auto place = std::ranges::lower_bound(known, number, {}, &Held::number);
  if (place == known.end() || place->number != number)
    return std::nullopt;
  return begin_ + place->index;
}

HeldLines::Position HeldLines::first_message() const {
  const auto first =
      std::ranges::find_if(lines_, [](const Line& line) { return line.number != Sequence{}; });
  return first == lines_.end() ? begin_ + divide_index()
                               : begin_ + static_cast<Position>(first - lines_.begin());
}

std::size_t HeldLines::messages_behind(Sequence number) const {
  return static_cast<std::size_t>(std::ranges::count_if(lines_, [&](const Line& line) {
    return line.kind == LineKind::message && line.number > number;
  }));
}

std::size_t HeldLines::mentions_behind(Sequence number) const {
  return static_cast<std::size_t>(std::ranges::count_if(lines_, [&](const Line& line) {
    return line.kind == LineKind::message && line.is_mention && line.number > number;
  }));
}

std::optional<Sequence> HeldLines::last_mention_behind(Sequence number) const {
  const auto last = std::find_if(lines_.rbegin(), lines_.rend(), [&](const Line& line) {
    return line.kind == LineKind::message && line.is_mention && line.number > number;
  });
  return last == lines_.rend() ? std::nullopt : std::optional(last->number);
}

void HeldLines::forget_numbers() {
  for (Line& line : lines_)
    line.number = {};
}

std::vector<Line> HeldLines::take_news() {
  if (news_)
    return std::exchange(*news_, {});
  news_.emplace();
  return {lines_.begin(), lines_.end()};
}

bool HeldLines::is_full() const {
  constexpr std::size_t kPage = 500;
  return lines_.size() + kPage > kMaxLines || bytes_ > kMaxBytes / 2;
}

// The numbered lines, in order.
std::vector<HeldLines::Held> HeldLines::held() const {
  std::vector<Held> held;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (lines_[i].number != Sequence{})
      held.push_back({lines_[i].number, i});
  // As it is already, unless a server has numbered its messages in a strange way.
  std::ranges::stable_sort(held, {}, &Held::number);
  return held;
}

// The index before which the line belongs; nothing when it is held.
std::optional<std::size_t> HeldLines::place_of(const Line& line,
                                               const std::vector<Held>& held) const {
  const auto next = std::ranges::lower_bound(held, line.number, {}, &Held::number);
  if (next != held.end() && next->number == line.number)
    return std::nullopt;
  const std::size_t below = next == held.end() ? lines_.size() : next->index;
  const std::size_t above = next == held.begin() ? 0 : std::prev(next)->index + 1;
  const std::size_t divide = divide_index();
  const bool is_divided = above <= divide && divide <= below;
  return is_divided ? divide : below;
}

// Above them stands what has been seen, or the very next one follows that, or nothing is older.
// One's own are not new.
std::optional<std::size_t> HeldLines::index_to_mark(Sequence after) const {
  const auto behind =
      std::ranges::find_if(lines_, [&](const Line& line) { return line.number > after; });
  const auto first = std::find_if(behind, lines_.end(), [](const Line& line) {
    return line.number != Sequence{} && line.kind != LineKind::own_message;
  });
  if (first == lines_.end())
    return std::nullopt;
  const bool is_reached =
      behind->number == after + 1 || std::any_of(lines_.begin(), behind, [](const Line& line) {
        return line.number != Sequence{} || line.kind == LineKind::beginning;
      });
  return is_reached ? std::optional(static_cast<std::size_t>(first - lines_.begin()))
                    : std::nullopt;
}

std::optional<Sequence> HeldLines::first_behind(Sequence after) const {
  const auto index = index_to_mark(after);
  return index ? std::optional(lines_[*index].number) : std::nullopt;
}

// What stood there may have been forgotten.
std::size_t HeldLines::divide_index() const {
  return std::clamp(divide_, begin_, end()) - begin_;
}

HeldLines::Insertion HeldLines::put(std::size_t index, std::vector<Line> lines) {
  const Insertion done{begin_ + index, lines.size()};
  for (const Line& line : lines)
    bytes_ += line.text.size();
  if (news_)
    news_->insert(news_->end(), lines.begin(), lines.end());
  lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(index),
                std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
  begin_ -= done.count;
  if (divide_ < done.before)
    divide_ -= done.count;
  return done;
}

void HeldLines::forget_surplus(Forget forget) {
  while (lines_.size() > kMaxLines || bytes_ > kMaxBytes) {
    Line& line = forget == Forget::first ? lines_.front() : lines_.back();
    bytes_ -= line.text.size();
    if (forget == Forget::first) {
      lines_.pop_front();
      ++begin_;
    } else {
      lines_.pop_back();
    }
  }
}

}  // namespace chat::client
