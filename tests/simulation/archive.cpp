#include "tests/simulation/archive.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "libchat/log_history.hpp"
#include "libchat/protocol.hpp"

namespace chat::sim {
namespace {

// As many messages stand in a piece, so that what happens between two pieces is played.
constexpr int kFedAtOnce = 3;

protocol::HistoryMessage history_message(const test::KeptMessage& kept) {
  const AcceptedMessage& message = kept.message;
  return {.sequence = message.sequence,
          .time = kept.time,
          .user = message.from.user,
          .kind = message.kind,
          .nickname = std::string(message.from.nickname.shown()),
          .text = message.text};
}

std::size_t bytes_of(const test::KeptMessage& kept) {
  return 29 + kept.message.from.nickname.shown().size() + kept.message.text.size();
}

}  // namespace

Archive::Answer Archive::answer_next() {
  const Asked asked = std::move(waiting_.front());
  waiting_.pop_front();
  return std::visit([&](const auto& question) { return Answer{asked.reactor, answer(question)}; },
                    asked.question);
}

const test::KeptStore::Messages& Archive::messages_of(RoomId room) const {
  static const test::KeptStore::Messages kNone;
  const auto place = disk_.kept().messages().find(room);
  return place == disk_.kept().messages().end() ? kNone : place->second;
}

server::FeedAnswer Archive::answer(const server::FeedQuestion& question) const {
  server::FeedFrames frames(question);
  const auto& messages = messages_of(question.room);
  auto place = messages.lower_bound(question.from);
  const auto end = messages.lower_bound(question.to);
  for (int left = kFedAtOnce; left > 0 && place != end; --left, ++place)
    frames.add(history_message(place->second));
  if (place == end)
    frames.pass_to(question.to);
  return frames.finish();
}

Archive::ReadAnswer Archive::answer(const outbox::ReadHistory& question) const {
  const auto& messages = messages_of(question.room);
  const auto begin = messages.lower_bound(question.oldest);
  auto place = messages.lower_bound(std::max(question.before, question.oldest));
  protocol::History history{.request = question.request, .room = question.room, .messages = {}};
  std::size_t bytes = 0;
  while (place != begin && history.messages.size() < question.count) {
    bytes += bytes_of(std::prev(place)->second);
    if (bytes > kHistoryBytes)
      break;
    --place;
    history.messages.push_back(history_message(place->second));
  }
  history.more = place != begin;
  std::ranges::reverse(history.messages);
  return {question.connection, protocol::encode(history)};
}

}  // namespace chat::sim
