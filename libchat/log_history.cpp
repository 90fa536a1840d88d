#include "libchat/log_history.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "libchat/frame.hpp"

namespace chat {
namespace {

// Whoever asks holds up everybody: no more than 512 KiB are looked at.
constexpr std::size_t kMostSegments = 8;

protocol::HistoryMessage message_of(protocol::Posted&& posted) {
  return {.sequence = posted.sequence,
          .time = posted.time,
          .user = posted.user,
          .kind = posted.kind,
          .nickname = std::move(posted.nickname),
          .text = std::move(posted.text)};
}

std::size_t bytes_of(const protocol::HistoryMessage& message) {
  constexpr std::size_t kBesideNameAndText = 29;
  return kBesideNameAndText + message.nickname.size() + message.text.size();
}

// The messages among these frames that are numbered from `oldest` up to `before`.
std::vector<protocol::HistoryMessage> messages_in(ByteView frames, Sequence before,
                                                  Sequence oldest) {
  std::vector<protocol::HistoryMessage> messages;
  while (!frames.empty()) {
    const auto frame = take_frame(frames);
    assert(frame && *frame);
    if ((*frame)->type != static_cast<std::uint8_t>(MessageType::posted))
      continue;
    auto posted = wire::decode<protocol::Posted>((*frame)->body);
    assert(posted);
    if (posted->sequence >= before)
      break;
    if (posted->sequence >= oldest)
      messages.push_back(message_of(std::move(*posted)));
  }
  return messages;
}

// Takes messages off the end, newest first, as long as there is room.
class Taker {
 public:
  explicit Taker(std::size_t count) : count_(count) {}

  bool is_full() const { return full_ || taken_.size() >= count_; }

  void take(std::vector<protocol::HistoryMessage> from) {
    for (; !from.empty() && !is_full(); from.pop_back()) {
      bytes_ += bytes_of(from.back());
      full_ = bytes_ > kHistoryBytes;
      if (!full_)
        taken_.push_back(std::move(from.back()));
    }
  }

  std::vector<protocol::HistoryMessage> finish() {
    std::ranges::reverse(taken_);
    return std::move(taken_);
  }

 private:
  std::size_t count_;
  std::size_t bytes_ = 0;
  bool full_ = false;
  std::vector<protocol::HistoryMessage> taken_;
};

}  // namespace

LogHistory history_of(const RoomLog& log, Sequence before, Sequence oldest, std::size_t count) {
  const RoomLog::Segments segments = log.segments_holding(log.tail());
  Taker taker(count);
  Position end = log.head();
  Sequence next = log.next();
  std::size_t looked_at = 0;
  std::size_t left = segments.size();
  for (; left > 0 && !taker.is_full() && looked_at < kMostSegments; --left) {
    const Segment& segment = *segments[left - 1];
    // Else it has none of them.
    if (segment.next() < std::min(before, next) && next > oldest) {
      ++looked_at;
      taker.take(messages_in(segment.range(segment.begin(), end), before, oldest));
    }
    end = segment.begin();
    next = segment.next();
  }
  const bool reached_tail = left == 0 && !taker.is_full();
  return {taker.finish(), reached_tail};
}

}  // namespace chat
