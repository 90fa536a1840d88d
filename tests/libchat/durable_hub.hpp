// People who prove who they are, at a hub over a store.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/libchat/resumable.hpp"

namespace chat::test {

inline IdentityId identity(std::uint8_t number) {
  return {.value = {number}};
}
inline IdentitySecret secret(std::uint8_t number) {
  return {.value = {number, number}};
}

// Each is known by a number.
struct Durable {
  explicit Durable(HubOptions options = {.epoch = Epoch{7}})
      : s(store, std::move(options), kResumable) {}

  KeptStore store;
  HubScript s;

  Bytes arrive(const std::string& name, std::uint8_t number) {
    s.connect(name);
    s.send(name, protocol::Hello{
                     .nickname = name, .identity = identity(number), .secret = secret(number)});
    const auto frames = s.frames(name);
    REQUIRE(!frames.empty());
    const auto* const welcome = std::get_if<protocol::Welcome>(&frames.front());
    REQUIRE(welcome != nullptr);
    return welcome->token;
  }

  void come_back(const std::string& name, std::uint8_t number, const Bytes& token,
                 std::vector<protocol::LastRead> read, Epoch epoch = Epoch{7},
                 std::uint16_t version = kProtocolVersion) {
    s.connect(name);
    s.send(name, protocol::Hello{.version = version,
                                 .nickname = name,
                                 .identity = identity(number),
                                 .secret = secret(number),
                                 .token = token,
                                 .epoch = epoch,
                                 .read = std::move(read)});
  }
};

inline bool holds(const Words& all, const std::string& words) {
  return std::ranges::find(all, words) != all.end();
}

}  // namespace chat::test
