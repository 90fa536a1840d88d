#include "server/archive.hpp"

#include <algorithm>
#include <utility>

#include "libchat/log_history.hpp"
#include "libchat/protocol.hpp"
#include "server/background.hpp"

namespace chat::server {
namespace {

// A hit takes a byte more than the store counts for it.
constexpr std::size_t kSearchBytes = kHistoryBytes - kMostHistory;

protocol::SearchHit hit_of(store::Reader::Hit&& hit) {
  return {.room = hit.room,
          .sequence = hit.message.sequence,
          .time = hit.message.time,
          .user = hit.message.user,
          .kind = hit.message.kind,
          .nickname = std::move(hit.message.nickname),
          .text = std::move(hit.message.text)};
}

Bytes refusal(RequestId request, ErrorCode code) {
  return protocol::encode(protocol::Error{request, code, std::string(describe(code))});
}

}  // namespace

std::expected<std::unique_ptr<Archive>, std::string> Archive::open(
    const std::filesystem::path& folder, std::size_t reactors, spdlog::logger& log) {
  auto pages = store::Reader::open(folder);
  if (!pages)
    return std::unexpected(pages.error());
  auto searches = store::Reader::open(folder);
  if (!searches)
    return std::unexpected(searches.error());
  return std::unique_ptr<Archive>(
      new Archive(std::move(*pages), std::move(*searches), reactors, log));
}

Archive::Archive(store::Reader pages, store::Reader searches, std::size_t reactors,
                 spdlog::logger& log)
    : log_(log), answers_(reactors), pages_(std::move(pages)), searches_(std::move(searches)) {}

void Archive::start(std::function<void(ReactorId)> wake) {
  wake_ = std::move(wake);
  pages_.thread = std::jthread([this] { serve(pages_); });
  searches_.thread = std::jthread([this] {
    run_in_background();
    serve(searches_);
  });
}

Archive::~Archive() {
  end(pages_);
  end(searches_);
}

void Archive::end(Desk& desk) {
  {
    const std::lock_guard lock(desk.mutex);
    desk.ending = true;
  }
  desk.wakeup.notify_one();
  if (desk.thread.joinable())
    desk.thread.join();
}

void Archive::ask(ReactorId reactor, Question question) {
  Desk& desk = std::holds_alternative<outbox::Search>(question) ? searches_ : pages_;
  const auto connection = std::visit([](const auto& what) { return what.connection; }, question);
  {
    const std::lock_guard lock(desk.mutex);
    desk.waiting.push({reactor, connection}, {reactor, std::move(question)});
  }
  desk.wakeup.notify_one();
}

std::vector<Archive::Answer> Archive::take(ReactorId reactor) {
  Answers& answers = answers_[reactor.value];
  const std::lock_guard lock(answers.mutex);
  return std::exchange(answers.ready, {});
}

void Archive::serve(Desk& desk) {
  for (;;) {
    std::unique_lock lock(desk.mutex);
    desk.wakeup.wait(lock, [&] { return desk.ending || !desk.waiting.empty(); });
    if (desk.ending)
      return;
    const Asked asked = desk.waiting.pop();
    lock.unlock();
    Answer ready =
        std::visit([&](const auto& what) { return answer(desk.reader, what); }, asked.question);
    {
      Answers& answers = answers_[asked.reactor.value];
      const std::lock_guard answers_lock(answers.mutex);
      answers.ready.push_back(std::move(ready));
    }
    wake_(asked.reactor);
  }
}

Archive::Answer Archive::answer(store::Reader& reader, const FeedQuestion& question) {
  FeedFrames frames(question);
  const auto page = reader.from(question.room, question.from, question.to, kFeedBytes);
  if (!page) {
    const Sequence next = reader.readable_behind(question.room, question.from, question.to);
    log_.error("event=read_failed room={} from={} up_to={} error={:?}", question.room.value,
               question.from.value, next.value - 1, page.error());
    frames.pass_to(next);
    return frames.finish();
  }
  for (const Sequence sequence : page->unreadable)
    log_.error("event=unreadable room={} message={}", question.room.value, sequence.value);
  for (const protocol::HistoryMessage& message : page->messages)
    frames.add(message);
  if (!page->more)
    frames.pass_to(question.to);
  return frames.finish();
}

Archive::Answer Archive::answer(store::Reader& reader, const outbox::ReadHistory& question) {
  const auto read_below = [&](Sequence before) {
    return reader.before(question.room, before, question.oldest, question.count, kHistoryBytes);
  };
  auto page = read_below(question.before);
  if (!page) {
    const Sequence below = reader.readable_below(question.room, question.before, question.oldest);
    log_.error("event=read_failed room={} before={} goes_on_below={} error={:?}",
               question.room.value, question.before.value, below.value, page.error());
    if (below != Sequence{})
      page = read_below(below);
  }
  if (!page)
    return ReadAnswer{question.connection, refusal(question.request, ErrorCode::unreadable)};
  for (const Sequence sequence : page->unreadable)
    log_.error("event=unreadable room={} message={}", question.room.value, sequence.value);
  return ReadAnswer{question.connection,
                    protocol::encode(protocol::History{.request = question.request,
                                                       .room = question.room,
                                                       .more = page->more,
                                                       .messages = std::move(page->messages)})};
}

Archive::Answer Archive::answer(store::Reader& reader, const outbox::Search& question) {
  auto found = reader.search({.text = question.text,
                              .rooms = question.rooms,
                              .user = question.user,
                              .below = question.before,
                              .count = question.count,
                              .bytes = kSearchBytes});
  if (!found) {
    log_.error("event=search_failed error={:?}", found.error());
    return ReadAnswer{question.connection, refusal(question.request, ErrorCode::unreadable)};
  }
  protocol::SearchResults results{.request = question.request, .next = found->next, .hits = {}};
  for (store::Reader::Hit& hit : found->hits)
    results.hits.push_back(hit_of(std::move(hit)));
  return ReadAnswer{question.connection, protocol::encode(results)};
}

}  // namespace chat::server
