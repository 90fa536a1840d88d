// What a fake client sent, message by message.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <variant>

#include "libchat/bytes.hpp"
#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"

namespace chat::test {

// Takes the next message off the front. Fails the test when there is none, or it is another one.
template <class Message>
Message next_sent(Bytes& sent) {
  ByteView bytes(sent);
  const auto frame = take_frame(bytes);
  REQUIRE((frame && *frame));
  const auto message = protocol::decode_client_message(**frame);
  REQUIRE(message.has_value());
  sent.erase(sent.begin(), sent.end() - static_cast<std::ptrdiff_t>(bytes.size()));
  REQUIRE(std::holds_alternative<Message>(*message));
  return std::get<Message>(*message);
}

}  // namespace chat::test
