#include "tools/pipe/run_state.hpp"

#include <utility>

namespace chat::pipe {

RunState::RunState(IdSource random, Deliveries& deliveries)
    : random_(std::move(random)), deliveries_(deliveries) {
  renew();
}

client::Credentials RunState::renew() {
  credentials_ = {.identity = {random_()}, .secret = {random_()}, .token = {}};
  return credentials_;
}

void RunState::said(const client::UnsentMessage& message) {
  deliveries_.said(message.id, message.text);
}

void RunState::given_up(const MessageId& id, std::string_view why) {
  deliveries_.given_up(id, why);
}

}  // namespace chat::pipe
