// The floor, as a process: what comes in goes out, whole frames, in order, to everybody it is for.

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libchat/bytes.hpp"
#include "net/connect.hpp"
#include "net/wait.hpp"
#include "tests/bench/floor_process.hpp"
#include "tests/support/process.hpp"

using namespace chat;
using namespace chat::test;

namespace {

const Bytes kAdmitted{0, 0, 0, 1, 0xFF};

// A connection to a floor. Throws std::runtime_error when what is waited for does not come.
class Party {
 public:
  explicit Party(const FloorProcess& floor) {
    auto socket = net::connect_to({"127.0.0.1", floor.port()}, kPatience);
    REQUIRE(socket.has_value());
    socket_ = std::move(*socket);
  }

  void send(ByteView bytes) {
    while (!bytes.empty()) {
      await(POLLOUT);
      const auto count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count < 0)
        throw std::runtime_error("the floor has closed the connection");
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
  }

  // Exactly so many bytes; fewer at the end of the stream.
  Bytes receive(std::size_t size) {
    Bytes bytes(size);
    std::size_t received = 0;
    while (received < size) {
      await(POLLIN);
      const auto count = ::recv(socket_.get(), bytes.data() + received, size - received, 0);
      if (count <= 0)
        break;
      received += static_cast<std::size_t>(count);
    }
    bytes.resize(received);
    return bytes;
  }

  bool admitted() { return receive(kAdmitted.size()) == kAdmitted; }
  bool has_something() const {
    return net::wait_for(socket_.get(), POLLIN, std::chrono::steady_clock::now());
  }
  bool ended() { return receive(1).empty(); }
  void close() { socket_.reset(); }

 private:
  void await(short events) const {
    if (!net::wait_for(socket_.get(), events, std::chrono::steady_clock::now() + kPatience))
      throw std::runtime_error("nothing happened in time");
  }

  net::UniqueFd socket_;
};

// A frame of type 1 whose body is `size` bytes that depend on `seed`.
Bytes frame(std::uint8_t seed, std::size_t size = 8) {
  const std::size_t length = size + 1;
  Bytes bytes{0, 0, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length), 1};
  for (std::size_t i = 0; i < size; ++i)
    bytes.push_back(static_cast<std::uint8_t>(seed + i));
  return bytes;
}

Bytes operator+(Bytes first, ByteView second) {
  append(first, second);
  return first;
}

Party introduce(const FloorProcess& floor, std::uint8_t pair) {
  Party party(floor);
  party.send(Bytes{0, 0, 0, pair});
  return party;
}

}  // namespace

TEST_CASE("the floor sends what one says to everybody, in order") {
  for (const std::string mode : {"batched", "naive"}) {
    CAPTURE(mode);
    const FloorProcess floor(mode);
    std::vector<Party> parties;
    for (int i = 0; i < 5; ++i)
      REQUIRE(parties.emplace_back(floor).admitted());
    Bytes said;
    for (std::uint8_t i = 0; i < 100; ++i) {
      const Bytes next = frame(i, 1 + i * 7U);
      parties[0].send(next);
      append(said, next);
    }
    for (Party& party : parties)
      CHECK(party.receive(said.size()) == said);
  }
}

TEST_CASE("the floor sends a frame when it is whole, so that two senders' are not mixed") {
  for (const std::string mode : {"batched", "naive"}) {
    CAPTURE(mode);
    const FloorProcess floor(mode);
    Party slow(floor);
    Party quick(floor);
    REQUIRE((slow.admitted() && quick.admitted()));
    const Bytes torn = frame(1, 20);
    slow.send(ByteView(torn).first(13));
    quick.send(frame(2));
    const std::size_t size = frame(2).size();
    CHECK(quick.receive(size) == frame(2));
    slow.send(ByteView(torn).subspan(13));
    CHECK(quick.receive(torn.size()) == torn);
    CHECK(slow.receive(size + torn.size()) == frame(2) + torn);
  }
}

TEST_CASE("who does not read the floor holds up nobody and gets everything later") {
  const FloorProcess floor("batched");
  Party talker(floor);
  Party reader(floor);
  Party sleeper(floor);
  REQUIRE((talker.admitted() && reader.admitted() && sleeper.admitted()));
  // Several times what the kernel takes for one connection.
  Bytes said;
  for (unsigned i = 0; i < 500; ++i) {
    const Bytes next = frame(static_cast<std::uint8_t>(i), 10'000);
    talker.send(next);
    CHECK(talker.receive(next.size()) == next);
    CHECK(reader.receive(next.size()) == next);
    append(said, next);
  }
  CHECK(sleeper.receive(said.size()) == said);
}

TEST_CASE("who leaves the floor, or sends what is no frame, is gone, and the others go on") {
  const FloorProcess floor("batched");
  Party vandal(floor);
  Party leaver(floor);
  Party first(floor);
  Party second(floor);
  REQUIRE((vandal.admitted() && leaver.admitted() && first.admitted() && second.admitted()));
  leaver.close();
  vandal.send(Bytes{0xFF, 0xFF, 0xFF, 0xFF});
  CHECK(vandal.ended());
  first.send(frame(7));
  CHECK(second.receive(frame(7).size()) == frame(7));
  CHECK(first.receive(frame(7).size()) == frame(7));
}

TEST_CASE("the floor's relay admits a pair when both are there") {
  const FloorProcess floor("relay");
  Party first = introduce(floor, 1);
  Party other = introduce(floor, 2);
  Party third = introduce(floor, 2);
  CHECK(other.admitted());
  CHECK(third.admitted());
  CHECK_FALSE(first.has_something());
  Party second = introduce(floor, 1);
  CHECK(first.admitted());
  CHECK(second.admitted());
}

TEST_CASE("the floor's relay keeps pairs apart, and ends with either end") {
  const FloorProcess floor("relay");
  Party lisa = introduce(floor, 1);
  Party tom = introduce(floor, 1);
  Party eve = introduce(floor, 2);
  Party bob = introduce(floor, 2);
  for (Party* party : {&lisa, &tom, &eve, &bob})
    REQUIRE(party->admitted());
  lisa.send(frame(1));
  eve.send(frame(2));
  const std::size_t size = frame(1).size();
  CHECK(lisa.receive(size) == frame(1));
  CHECK(tom.receive(size) == frame(1));
  CHECK(eve.receive(size) == frame(2));
  CHECK(bob.receive(size) == frame(2));
  tom.send(frame(3));
  CHECK(lisa.receive(size) == frame(3));
  CHECK(tom.receive(size) == frame(3));
  lisa.close();
  CHECK(tom.ended());
  bob.send(frame(4));
  CHECK(eve.receive(size) == frame(4));
}

TEST_CASE("the floor ends when it is told to") {
  FloorProcess floor("batched");
  Party party(floor);
  REQUIRE(party.admitted());
  floor.process().signal(SIGTERM);
  CHECK(floor.process().wait_for_exit() == 0);
}

TEST_CASE("a wrong command line of the floor exits 2") {
  Process floor({FLOOR, "--mode", "fast"});
  CHECK(floor.wait_for_exit() == 2);
  CHECK(floor.standard_error() == "floor: --mode: fast not in {batched,naive,relay}\n");
}
