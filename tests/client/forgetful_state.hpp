// A client's state that remembers nothing beyond the client's own life.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/state.hpp"

namespace chat::client::test {

class ForgetfulState : public State {
 public:
  Remembered recall(const Nickname&) override { return {credentials_, {}}; }
  Credentials renew() override {
    ++credentials_.identity.value[0];
    return credentials_;
  }
  void keep_token(ByteView) override {}
  void said(const UnsentMessage&) override {}
  void attempted(const MessageId&) override {}
  void done(const MessageId&) override {}
  void given_up(const MessageId&, std::string_view) override {}
  void given_up_seen() override {}
  void keep_pair(const KnownPair&) override {}
  void forget_pair(RoomId) override {}
  bool is_lasting() const override { return false; }
  std::optional<std::string> take_trouble() override { return std::nullopt; }

 private:
  Credentials credentials_{.identity = IdentityId{{1}}, .secret = IdentitySecret{{2}}, .token = {}};
};

}  // namespace chat::client::test
