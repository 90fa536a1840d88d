// What both ends say to each other. See protocol.hpp.
#pragma once

#include <string>
#include <tuple>

#include "libchat/ids.hpp"
#include "libchat/message_records.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::protocol {

struct Ping {
  static constexpr auto type = MessageType::ping;
  RequestId request;
  static constexpr auto fields() { return std::tuple{field("request", &Ping::request)}; }
};

struct Pong {
  static constexpr auto type = MessageType::pong;
  RequestId request;
  static constexpr auto fields() { return std::tuple{field("request", &Pong::request)}; }
};

struct Goodbye {
  static constexpr auto type = MessageType::goodbye;
  RequestId request;
  CloseReason reason = CloseReason::quit;
  std::string sentence;
  static constexpr auto fields() {
    return std::tuple{field("request", &Goodbye::request), field("reason", &Goodbye::reason),
                      field("sentence", &Goodbye::sentence, kMaxSentenceBytes)};
  }
};

}  // namespace chat::protocol
