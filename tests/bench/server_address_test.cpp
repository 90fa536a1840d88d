#include "bench/load/server_address.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>

#include <cerrno>

#include "net/unique_fd.hpp"

using namespace chat;

namespace {

// A socket bound to a port of 127.0.0.1 that the kernel chose; connections are refused until it
// listens.
struct Bound {
  net::UniqueFd socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  net::SocketAddress address;

  Bound() {
    const auto any = net::resolve({"127.0.0.1", 0}, false);
    REQUIRE(any.has_value());
    REQUIRE(bind(socket.get(), any->front().get(), any->front().size) == 0);
    REQUIRE(getsockname(socket.get(), address.get(), &address.size) == 0);
  }

  std::uint16_t port() const {
    return ntohs(reinterpret_cast<const sockaddr_in*>(address.get())->sin_port);
  }
};

}  // namespace

TEST_CASE("of a host's addresses the one is found at which a server listens") {
  const Bound server;
  REQUIRE(listen(server.socket.get(), 1) == 0);
  const auto found = bench::find_server({"localhost", server.port()}, std::chrono::seconds(10));
  REQUIRE(found.has_value());
  CHECK(to_string(*found) == to_string(server.address));
}

TEST_CASE("a server that does not listen is a failure that names it") {
  const Bound nobody;
  const auto found = bench::find_server({"127.0.0.1", nobody.port()}, std::chrono::seconds(10));
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().error == ECONNREFUSED);
  CHECK(found.error().doing == "connecting to " + to_string(nobody.address));
}

TEST_CASE("a server that does not answer is given up after a while") {
  // A full listening queue: the kernel drops further attempts to connect (listen(2)).
  const Bound server;
  REQUIRE(listen(server.socket.get(), 0) == 0);
  const net::UniqueFd first(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(connect(first.get(), server.address.get(), server.address.size) == 0);
  const auto found =
      bench::find_server({"127.0.0.1", server.port()}, std::chrono::milliseconds(50));
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().error == ETIMEDOUT);
}
