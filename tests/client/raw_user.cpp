#include "tests/client/raw_user.hpp"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "net/endpoint.hpp"
#include "tests/support/deadline.hpp"

namespace chat::test {

RawUser::RawUser(std::string_view server, std::string nickname) {
  const auto addresses = net::resolve(net::parse_host_port(server, 0).value(), false).value();
  const auto& address = addresses.front();
  socket_ = net::UniqueFd(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(::connect(socket_.get(), address.get(), address.size) == 0);
  send(protocol::Hello{.request = {1}, .nickname = std::move(nickname)});
  lobby_ = wait_for<protocol::RoomOpened>().room;
}

void RawUser::say(std::string text) {
  last_request_.value += 1;
  MessageId id{};
  id[0] = static_cast<std::uint8_t>(last_request_.value);
  send(protocol::Say{.request = last_request_, .room = lobby_, .id = id, .text = std::move(text)});
  wait_for<protocol::Acknowledged>();
}

void RawUser::send(const protocol::ClientMessage& message) {
  Bytes bytes;
  std::visit([&](const auto& m) { protocol::append_frame(bytes, m); }, message);
  REQUIRE(::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(bytes.size()));
}

template <class Message>
Message RawUser::wait_for() {
  std::optional<Message> found;
  const Deadline deadline;
  while (!found) {
    pollfd entry{socket_.get(), POLLIN, 0};
    REQUIRE(::poll(&entry, 1, deadline.poll_timeout()) == 1);
    std::array<std::uint8_t, 16 * 1024> piece;
    const ssize_t size = ::recv(socket_.get(), piece.data(), piece.size(), 0);
    REQUIRE(size > 0);
    const auto fed = decoder_.feed(ByteView(piece).first(static_cast<std::size_t>(size)),
                                   [&](const Frame& frame) {
                                     const auto message = protocol::decode_server_message(frame);
                                     if (message && std::holds_alternative<Message>(*message))
                                       found = std::get<Message>(*message);
                                     return true;
                                   });
    REQUIRE(fed.has_value());
  }
  return *found;
}

}  // namespace chat::test
