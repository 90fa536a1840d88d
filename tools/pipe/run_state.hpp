// A state that lasts as long as one run.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "client/state.hpp"
#include "tools/pipe/deliveries.hpp"

namespace chat::pipe {

// Makes an identity up, so that what is said again after a lost connection is said once, and
// notes what becomes of each message. One thread.
class RunState final : public client::State {
 public:
  using IdSource = std::function<MessageId()>;  // random

  // The deliveries must outlive this.
  RunState(IdSource random, Deliveries& deliveries);

  client::Remembered recall(const Nickname&) override { return {credentials_, {}}; }
  client::Credentials renew() override;
  void keep_token(ByteView) override {}
  void said(const client::UnsentMessage& message) override;
  void attempted(const MessageId&) override {}
  void done(const MessageId& id) override { deliveries_.done(id); }
  void given_up(const MessageId& id, std::string_view why) override;
  void given_up_seen() override {}
  void keep_pair(const client::KnownPair&) override {}
  void forget_pair(RoomId) override {}
  bool is_lasting() const override { return false; }
  std::optional<std::string> take_trouble() override { return std::nullopt; }

 private:
  IdSource random_;
  Deliveries& deliveries_;
  client::Credentials credentials_;
};

}  // namespace chat::pipe
