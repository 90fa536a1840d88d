// The write side alone, over a pair of sockets.
#include "server/output.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "libchat/protocol.hpp"
#include "libchat/room_log.hpp"
#include "server/feed.hpp"

using namespace chat;
using namespace chat::server;

namespace {

const MonotonicTime kNow{std::chrono::seconds(1000)};

// A connection and its peer's end.
struct Ends {
  net::UniqueFd peer;
  std::unique_ptr<Connection> connection;

  Ends() {
    int sockets[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sockets) == 0);
    peer = net::UniqueFd(sockets[0]);
    connection = std::make_unique<Connection>(net::UniqueFd(sockets[1]), kNow);
  }

  std::size_t read_some(std::size_t most) const {
    Bytes bytes(most);
    const auto size = ::read(peer.get(), bytes.data(), bytes.size());
    return size < 0 ? 0 : static_cast<std::size_t>(size);
  }

  SendResult send(std::vector<RoomId>& gaps) const {
    return send_pending(*connection, kNow, gaps, Behind::is_told);
  }
};

// A room whose log has dropped what the cursor has not read.
struct Lagging {
  LogBudget budget{1 << 20};
  RoomLog log{RoomId{1}, budget, 0};
  RoomView view{RoomId{1}, {Position{}, Sequence{1}}};
  Cursor cursor{.view = &view, .position = Position{}, .next = Sequence{1}};

  explicit Lagging(Connection& connection) {
    for (int i = 0; i < 100; ++i) {
      log.append(protocol::encode(protocol::MemberCount{RoomId{1}, 7}), false);
      log.end_round();
    }
    outbox::Head head{RoomId{1}, log.head(), log.next(), log.segments_holding(log.tail())};
    view.add(cursor);
    view.advance(head);
    view.drop_below({RoomId{1}, log.tail(), log.tail_sequence()});
    queue_cursor(connection.output, cursor);
  }
};

}  // namespace

TEST_CASE("a private queue that never runs empty does not grow by what was sent") {
  const Ends ends;
  PrivateQueue& queue = ends.connection->output.queue;
  std::vector<RoomId> gaps;
  constexpr std::size_t kPending = 1024 * 1024;
  std::size_t sent = 0;
  while (sent < 32 * kPending) {
    queue.back().resize(queue.back().size() + kPending - queue.size());
    REQUIRE(ends.send(gaps) == SendResult::blocked);
    sent += kPending - queue.size();
    REQUIRE(!queue.empty());
    REQUIRE(queue.back().size() <= 3 * kPending);
    ends.read_some(64 * 1024);
  }
}

TEST_CASE("no gap is passed, and no snapshot asked for, while the private queue is full") {
  const Ends ends;
  Output& output = ends.connection->output;
  output.queue.back().resize(1024 * 1024);
  Lagging behind(*ends.connection);
  std::vector<RoomId> gaps;
  REQUIRE(ends.send(gaps) == SendResult::blocked);
  CHECK(gaps.empty());
  while (output.queue.size() >= Output::kPrivateLimit) {
    ends.read_some(64 * 1024);
    ends.send(gaps);
  }
  while (output.pending()) {
    ends.read_some(64 * 1024);
    ends.send(gaps);
  }
  CHECK(gaps == std::vector{RoomId{1}});
  CHECK(behind.cursor.position == behind.log.head());
}

TEST_CASE("who was fed is told that presence is missing before it goes on in memory") {
  const Ends ends;
  Output& output = ends.connection->output;
  Lagging behind(*ends.connection);
  std::vector<RoomId> rooms;
  CHECK(send_pending(*ends.connection, kNow, rooms, Behind::is_fed) == SendResult::all);
  REQUIRE(rooms == std::vector{RoomId{1}});
  CHECK(behind.cursor.is_fed());
  // Nothing was said.
  CHECK(!next_question({}, behind.cursor));
  CHECK(end_feeding(output, behind.cursor));
  CHECK(behind.cursor.position == behind.view.tail());
  const Bytes gap = protocol::encode(protocol::Gap{RoomId{1}, Sequence{1}, Sequence{0}});
  const ByteView queued = output.queue.bytes();
  CHECK(Bytes(queued.begin(), queued.end()) == gap);
}
