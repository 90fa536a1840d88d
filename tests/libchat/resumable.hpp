// People whose sessions outlive their connections.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/libchat/hub_script.hpp"

namespace chat::test {

inline constexpr DetachedLimits kResumable{.grace = std::chrono::seconds(120),
                                           .unnoticed = std::chrono::seconds(10)};
// Says hello, and returns the session's token. What else is heard is forgotten.
inline Bytes arrive(HubScript& s, const std::string& name, ReactorId reactor = {}) {
  s.hello(name, reactor);
  const Bytes token = std::get<protocol::Welcome>(s.frames(name).front()).token;
  s.forget();
  return token;
}

// The connection breaks, and the hub hears of it.
inline void lose(HubScript& s, const std::string& name) {
  s.depart(name, LeaveReason::lost);
  s.run();
}

inline void come_back(HubScript& s, const std::string& name, const Bytes& token,
                      std::vector<protocol::LastRead> read = {}, ReactorId reactor = {}) {
  s.connect(name, reactor);
  s.send(name, protocol::Hello{.nickname = name, .token = token, .read = std::move(read)});
}

}  // namespace chat::test
