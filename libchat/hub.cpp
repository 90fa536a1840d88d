#include "libchat/hub.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chat {
namespace {

// What an accepted entry takes beside itself, roughly: names are shared.
std::size_t bytes_beside(const AcceptedMessage& message) {
  return message.text.size();
}
std::size_t bytes_beside(const AcceptedJoins& joins) {
  return joins.members.size() * sizeof joins.members.front();
}
std::size_t bytes_beside(const AcceptedLeaves& leaves) {
  return leaves.leavers.size() * sizeof leaves.leavers.front();
}
std::size_t bytes_beside(const AcceptedStates& states) {
  return states.changes.size() * sizeof states.changes.front();
}
std::size_t bytes_beside(const AcceptedAway& away) {
  return away.sentence.size();
}
std::size_t bytes_beside(const AcceptedRename&) {
  return 0;
}
std::size_t bytes_beside(const AcceptedTyping&) {
  return 0;
}

// Presence waits behind the messages, and one client can make it without end: it counts alike.
std::size_t bytes_of(const Entry& entry) {
  return sizeof(Entry) +
         std::visit([](const auto& what) { return bytes_beside(what); }, entry.what);
}

}  // namespace

Hub::Hub(HubOptions options, Ledger& ledger, const DurableState& state, Now now)
    : options_(std::move(options)),
      ledger_(ledger),
      budget_(options_.total_retention_bytes),
      bindings_(options_.reactors),
      identities_(options_.identities_unseen, options_.most_readers),
      reads_(options_.reads),
      detached_(options_.detached),
      mint_(options_.token_key),
      outboxes_(options_.reactors),
      now_(now) {
  restore(state);
  const auto name = RoomName::make(kLobbyName);
  assert(name);
  lobby_ = &open_room(*name);
}

void Hub::enter(ReactorId reactor, std::span<Request> requests, Now now) {
  reactor_ = reactor;
  now_ = now;
  tend_detached();
  tend_identities();
  tend_reads();
  for (Request& request : requests)
    dispatch(request);
  finish_round();
}

void Hub::dispatch(Request& request) {
  if (is_closed(request.from)) {
    if (std::holds_alternative<Departed>(request.what))
      bind(reactor_, request.from, {});
    return;
  }
  const SessionId id = session_of(request.from);
  Session* const session = sessions_.find(id);
  std::visit(
      [&]<class What>(What& what) {
        constexpr bool from_reactor = std::is_same_v<What, Departed> ||
                                      std::is_same_v<What, SnapshotWanted> ||
                                      std::is_same_v<What, PairRead>;
        if constexpr (std::is_same_v<What, protocol::Hello>)
          hello(request, what);
        else if (session != nullptr)
          handle(id, *session, what);
        else if constexpr (!from_reactor)
          close(reactor_, request.from, CloseReason::hello_required);
      },
      request.what);
}

RoomRound& Hub::touch(HeldRoom& held) {
  if (held.touched == kUntouched) {
    held.touched = static_cast<std::uint32_t>(touched_.size());
    touched_.push_back({&held, {}});
  }
  return touched_[held.touched].round;
}

void Hub::finish_round() {
  submit_round();
  publish_committed();
  pass_on_notices();
  announce_due_counts();
  hand_out_heads();
  hand_out_tails();
  hold_back_senders();
  for (const TouchedRoom& touched : touched_) {
    touched.held->touched = kUntouched;
    finish_ended_pair(*touched.held);
    drop_if_empty(*touched.held);
  }
  touched_.clear();
  if (has_kept_)  // by rooms that were forgotten
    submit_round();
}

void Hub::submit_round() {
  Batch batch;
  for (auto& [held, round] : touched_) {
    const std::size_t before = batch.size();
    round.move_to(batch, held->room.id(), now_.wall);
    held->uncommitted += static_cast<std::uint32_t>(batch.size() - before);
  }
  if (batch.empty() && !has_kept_)
    return;
  has_kept_ = false;
  for (const Entry& entry : batch)
    uncommitted_bytes_ += bytes_of(entry);
  kept_with_.push_back(std::exchange(kept_bytes_, 0));
  ++submitted_;
  ledger_.submit(std::move(batch));
}

void Hub::publish_committed() {
  while (auto result = ledger_.take()) {
    ++taken_back_;
    uncommitted_bytes_ -= kept_with_.front();
    kept_with_.pop_front();
    publish(*result);
  }
}

void Hub::pass_on_notices() {
  while (const auto notice = ledger_.take_notice()) {
    sessions_.for_each([&](SessionId, const Session& session) { send(session, *notice); });
    if (notice->code == NoticeCode::disk_recovered)
      standing_notice_.reset();
    else
      standing_notice_ = *notice;
  }
}

void Hub::publish(BatchResult& result) {
  for (Entry& entry : result.entries) {
    HeldRoom* const held = find_room(entry.room);
    assert(held != nullptr && held->uncommitted > 0);
    --held->uncommitted;
    uncommitted_bytes_ -= bytes_of(entry);
    touch(*held);
    const auto* message = std::get_if<AcceptedMessage>(&entry.what);
    if (message != nullptr && !result.committed) {
      refuse_unpublished(*message, ErrorCode::not_stored, result.why);
      continue;
    }
    if (message != nullptr && message->said_before) {
      answer_said_before(*message, held->room);
      continue;
    }
    if (message != nullptr)
      acknowledge(*message, held->room, {message->body, entry.room, message->sequence, entry.time});
    held->room.publish(entry, now_.monotonic);
    if (held->room.count_due() && std::ranges::find(counts_due_, entry.room) == counts_due_.end())
      counts_due_.push_back(entry.room);
  }
}

// Before the session began that says it again: so only the ledger knows.
void Hub::answer_said_before(const AcceptedMessage& message, const Room& room) {
  const SaidBefore& first = *message.said_before;
  // A whisper's body does not tell to whom.
  if (first.body == message.body && first.room == room.id())
    acknowledge(message, room, *message.said_before);
  else
    refuse_unpublished(message, ErrorCode::id_reused, {});
}

void Hub::acknowledge(const AcceptedMessage& message, const Room& room, const SaidBefore& said) {
  Session* const sender = sessions_.find(message.sender);
  if (sender == nullptr)
    return;
  sender->details->recent.publish(message.id, said.room, said.sequence, said.time,
                                  options_.fewest_remembered);
  // In an open room it travels with the message itself. In a pair nothing else may be on its way to
  // the sender, but the answer of the other one soon will be.
  const bool may_wait = room.kind() == RoomKind::pair;
  for (const RequestId request : waiting_for(message, *sender))
    send(*sender, protocol::Acknowledged{request, message.id, said.room, said.sequence, said.time},
         may_wait);
}

// The requests of the sender's present connection that are to be answered now that the message's
// fate is known. Those of an earlier one were lost with it; their sender says the message again.
std::vector<RequestId> Hub::waiting_for(const AcceptedMessage& message, Session& sender) {
  const auto is_present = [&](ReactorId reactor, ConnectionId connection) {
    return sender.reactor == reactor && sender.connection == connection;
  };
  std::vector<RequestId> requests;
  if (is_present(message.reactor, message.connection))
    requests.push_back(message.request);
  const auto repeats = sender.details->recent.take_repeats(message.id);
  uncommitted_bytes_ -= repeats.size() * sizeof(RecentMessages::Repeat);
  for (const RecentMessages::Repeat& repeat : repeats)
    if (is_present(repeat.reactor, repeat.connection))
      requests.push_back(repeat.request);
  return requests;
}

void Hub::refuse_unpublished(const AcceptedMessage& message, ErrorCode code,
                             const std::string& why) {
  Session* const sender = sessions_.find(message.sender);
  if (sender == nullptr)
    return;
  sender->details->recent.forget(message.id);
  for (const RequestId request : waiting_for(message, *sender))
    send(*sender, protocol::Error{request, code, why.empty() ? std::string(describe(code)) : why});
}

// Until half of it is committed, so that not every round changes its mind.
void Hub::hold_back_senders() {
  const std::size_t most = options_.most_uncommitted_bytes;
  const bool hold = uncommitted_bytes_ > (holds_back_ ? most / 2 : most);
  if (hold == holds_back_)
    return;
  holds_back_ = hold;
  for (Outbox& to : outboxes_)
    to.push_back(outbox::HoldBack{hold});
}

void Hub::announce_due_counts() {
  std::erase_if(counts_due_, [&](RoomId id) {
    HeldRoom* const held = find_room(id);
    if (held == nullptr)
      return true;
    touch(*held);
    held->room.announce_due_count(now_.monotonic);
    return !held->room.count_due();
  });
}

std::optional<MonotonicTime> Hub::next_deadline() const {
  std::optional<MonotonicTime> next = detached_.next();
  if (reads_due_ && (!next || *reads_due_ < *next))
    next = reads_due_;
  for (const RoomId id : counts_due_) {
    const auto place = rooms_.find(id);
    const auto due = place == rooms_.end() ? std::nullopt : place->second->room.count_due();
    if (due && (!next || *due < *next))
      next = due;
  }
  return next;
}

void Hub::hand_out_heads() {
  for (const auto& [held, round] : touched_) {
    held->readers.hand_out_head(held->room.log(), outboxes_);
    held->room.end_round();
  }
}

void Hub::hand_out_tails() {
  auto shortened = budget_.take_shortened();
  std::ranges::sort(shortened);
  const auto repeated = std::ranges::unique(shortened);
  shortened.erase(repeated.begin(), repeated.end());
  for (const RoomId room : shortened)
    if (const HeldRoom* held = find_room(room))
      held->readers.hand_out_tail(held->room.log(), outboxes_);
}

void Hub::refuse(ConnectionId connection, RequestId request, ErrorCode code,
                 std::string_view sentence) {
  const protocol::Error error{request, code,
                              std::string(sentence.empty() ? describe(code) : sentence)};
  send_bytes(reactor_, connection, protocol::encode(error), false);
  outbox(reactor_).push_back(outbox::Notice{.what = outbox::Notice::What::refused,
                                            .connection = connection,
                                            .user = {},
                                            .nickname = {},
                                            .detail = std::string(name_of(code))});
}

void Hub::send_bytes(ReactorId reactor, ConnectionId connection, const Bytes& frames,
                     bool may_wait) {
  Outbox& to = outbox(reactor);
  // Several answers in a row for one connection travel as one.
  if (!to.empty())
    if (auto* last = std::get_if<outbox::Private>(&to.back()))
      if (last->connection == connection) {
        last->may_wait = last->may_wait && may_wait;
        return append(last->frames, frames);
      }
  to.push_back(outbox::Private{connection, frames, may_wait});
}

void Hub::note(outbox::Notice::What what, const Session& session, std::string detail) {
  outbox(session.reactor)
      .push_back(outbox::Notice{.what = what,
                                .connection = session.connection,
                                .user = session.user,
                                .nickname = std::string(session.nickname.shown()),
                                .detail = std::move(detail)});
}

}  // namespace chat
