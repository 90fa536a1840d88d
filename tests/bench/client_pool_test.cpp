// The sockets of fake clients, against a listening socket of the test.

#include "bench/load/client_pool.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "libchat/bytes.hpp"
#include "tests/support/deadline.hpp"

using namespace chat;
using namespace chat::bench;

namespace {

struct Events final : PoolEvents {
  std::string received_bytes;
  bool is_connected = false;
  bool is_reset = false;

  void connected(ClientIndex) override { is_connected = true; }
  std::size_t received(ClientIndex, ByteView bytes, Instant) override {
    received_bytes += as_text(bytes);
    return bytes.size();
  }
  void closed(ClientIndex, const net::Failure&) override {}
  void was_reset(ClientIndex) override { is_reset = true; }
};

// One client that is connected, and the other end of its connection.
struct Connection {
  net::UniqueFd listener{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  Events events;
  ClientPool pool = make_pool(listener);
  net::UniqueFd other_end;

  Connection() {
    REQUIRE(pool.connect(0).has_value());
    other_end = net::UniqueFd(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    poll_until([this] { return events.is_connected; });
  }

  static ClientPool make_pool(const net::UniqueFd& listener) {
    net::SocketAddress address;
    sockaddr_in loopback{};
    loopback.sin_family = AF_INET;
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(bind(listener.get(), reinterpret_cast<const sockaddr*>(&loopback), sizeof loopback) ==
            0);
    REQUIRE(listen(listener.get(), 1) == 0);
    address.size = sizeof loopback;
    REQUIRE(getsockname(listener.get(), address.get(), &address.size) == 0);
    return std::move(*ClientPool::make(address, 1));
  }

  template <class Condition>
  void poll_until(Condition condition) {
    const test::Deadline deadline;
    while (!condition() && !deadline.passed())
      REQUIRE(pool.poll(std::chrono::milliseconds(10), events).has_value());
    REQUIRE(condition());
  }

  // What comes until the connection ends, and how it does.
  std::pair<std::string, int> read_to_end() {
    std::string all;
    std::array<char, 64> piece;
    ssize_t count = 0;
    while ((count = recv(other_end.get(), piece.data(), piece.size(), 0)) > 0)
      all.append(piece.data(), static_cast<std::size_t>(count));
    return {all, count < 0 ? errno : 0};
  }
};

using ToEnd = std::pair<std::string, int>;

}  // namespace

TEST_CASE("a connection that is reset sends as much as it should, and is broken") {
  Connection connection;
  connection.pool.send(0, as_bytes("hello, world"));
  CHECK(connection.pool.queued(0) == 12);
  connection.pool.reset(0, 5);
  CHECK_FALSE(connection.pool.is_open(0));
  CHECK(connection.read_to_end() == ToEnd{"hello", ECONNRESET});
}

TEST_CASE("a connection is reset when as much has come as it should get") {
  Connection connection;
  connection.pool.reset_after(0, 5);
  REQUIRE(send(connection.other_end.get(), "hel", 3, 0) == 3);
  connection.poll_until([&] { return connection.events.received_bytes == "hel"; });
  CHECK_FALSE(connection.events.is_reset);
  REQUIRE(send(connection.other_end.get(), "lo, world", 9, 0) == 9);
  connection.poll_until([&] { return connection.events.is_reset; });
  CHECK(connection.events.received_bytes == "hello");
  CHECK(connection.read_to_end() == ToEnd{"", ECONNRESET});
}

TEST_CASE("who was reset can connect again") {
  Connection connection;
  connection.pool.reset_after(0, 1);
  connection.pool.reset(0, 0);
  connection.events.is_connected = false;
  REQUIRE(connection.pool.connect(0).has_value());
  connection.other_end =
      net::UniqueFd(accept4(connection.listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  connection.poll_until([&] { return connection.events.is_connected; });
  REQUIRE(send(connection.other_end.get(), "hello", 5, 0) == 5);
  connection.poll_until([&] { return connection.events.received_bytes == "hello"; });
  CHECK_FALSE(connection.events.is_reset);
}
