#include "tests/fuzz/hub_world.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "tests/fuzz/expect.hpp"
#include "tests/libchat/hub_script.hpp"
#include "tests/libchat/render.hpp"

namespace chat::fuzz {
namespace {

// Whether the server answers it also when all is well.
template <class Message>
constexpr bool kHasAnswer =
    !std::is_same_v<Message, protocol::MarkRead> &&
    !std::is_same_v<Message, protocol::TellTyping> && !std::is_same_v<Message, protocol::SetAway>;

}  // namespace

HubWorld::HubWorld(const HubOptions& options, std::ostream* trace)
    : options_(options),
      trace_(trace),
      hub_(options, ledger_),
      reactors_(options.reactors),
      oracle_(ledger_) {}

template <class Words>
void HubWorld::tell(ClientNumber client, std::string_view what, Words words) {
  if (trace_ != nullptr)
    *trace_ << "client " << client << ' ' << what << ' ' << words() << '\n';
}

const Peer* HubWorld::peer(ClientNumber client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? nullptr : &found->second->peer;
}

void HubWorld::connect(ClientNumber number, ReactorId reactor, AddressKey address) {
  reset(number);
  auto client = std::make_unique<Client>();
  tell(number, "connects to reactor", [&] { return std::to_string(reactor.value); });
  client->number = number;
  client->reactor = reactor;
  client->connection = reactors_[reactor.value].simulated.connect();
  client->address = address;
  client->arrival = last_arrival_ = {last_arrival_.value + 1};
  clients_.emplace(number, std::move(client));
}

void HubWorld::receive(ClientNumber number, ByteView bytes) {
  const auto found = clients_.find(number);
  if (found == clients_.end())
    return;
  Client& client = *found->second;
  if (reactor_of(client).simulated.closing(client.connection))
    return;
  const auto fed =
      client.decoder.feed(bytes, [&](const Frame& frame) { return take_frame(client, frame); });
  if (!fed)
    client.ends = LeaveReason::lost;
  if (client.ends)
    close(number, *client.ends);
}

// As the server does. Whether the next frame may be taken too.
bool HubWorld::take_frame(Client& client, const Frame& frame) {
  auto message = protocol::decode_client_message(frame);
  if (!message) {
    if (message.error() == protocol::Fault::truncated)
      client.ends = LeaveReason::lost;
    return !client.ends;
  }
  std::visit(
      [&]<class Message>(Message& m) {
        if constexpr (std::is_same_v<Message, protocol::Goodbye>) {
          client.ends = LeaveReason::quit;
        } else if constexpr (!std::is_same_v<Message, protocol::Ping> &&
                             !std::is_same_v<Message, protocol::Pong>) {
          m.request = {++client.last_request};
          tell(client.number, "sends", [&] { return test::render(m); });
          if constexpr (std::is_same_v<Message, protocol::Hello>)
            oracle_.sent_hello(client.peer, m);
          else if constexpr (kHasAnswer<Message>)
            oracle_.sent(client.peer, m.request);
          reactor_of(client).requests.push_back(
              {client.connection, std::move(m), client.address, client.arrival});
        }
      },
      *message);
  return !client.ends;
}

void HubWorld::close(ClientNumber number, LeaveReason reason) {
  const auto found = clients_.find(number);
  if (found == clients_.end())
    return;
  Client& client = *found->second;
  tell(number, "is gone:", [&] { return name_of(reason); });
  Reactor& reactor = reactor_of(client);
  reactor.requests.push_back({client.connection, Departed{reason}, client.address});
  reactor.simulated.close(client.connection);
  oracle_.lost(client.peer);
  clients_.erase(found);
}

void HubWorld::read(ClientNumber number) {
  const auto found = clients_.find(number);
  if (found == clients_.end())
    return;
  Client& client = *found->second;
  for (const auto& message :
       test::decode_all(reactor_of(client).simulated.read(client.connection))) {
    tell(number, "reads", [&] { return test::in_words(message); });
    oracle_.received(client.peer, message);
  }
  if (reactor_of(client).simulated.closing(client.connection))
    reset(number);
}

void HubWorld::read_all() {
  std::vector<ClientNumber> numbers;
  for (const auto& [number, client] : clients_)
    numbers.push_back(number);
  for (const ClientNumber number : numbers)
    read(number);
}

void HubWorld::enter(ReactorId id) {
  carry_out(id);
  Reactor& reactor = reactors_[id.value];
  if (trace_ != nullptr)
    *trace_ << "reactor " << id.value << " enters with " << reactor.requests.size() << '\n';
  auto requests = std::exchange(reactor.requests, {});
  hub_.enter(id, requests, {now_, WallTime{1'700'000'000'000}});
  std::swap(reactor.outbox, hub_.outbox(id));
  note_dropped();
  check_memory();
}

void HubWorld::note_dropped() {
  for (const auto& [room, messages] : ledger_.rooms())
    if (const RoomLog* const log = hub_.log(room))
      oracle_.dropped(room, log->tail_sequence());
}

void HubWorld::carry_out(ReactorId id) {
  Reactor& reactor = reactors_[id.value];
  reactor.simulated.carry_out(std::exchange(reactor.outbox, {}));
  for (Request& request : reactor.simulated.take_requests())
    reactor.requests.push_back(std::move(request));
}

void HubWorld::serve(ClientNumber number) {
  const auto found = clients_.find(number);
  if (found == clients_.end())
    return;
  const ReactorId reactor = found->second->reactor;
  enter(reactor);
  carry_out(reactor);
  read(number);
}

bool HubWorld::is_idle() {
  for (std::uint16_t i = 0; i < reactors_.size(); ++i)
    if (!reactors_[i].requests.empty() || !reactors_[i].outbox.empty() ||
        !hub_.outbox(ReactorId{i}).empty())
      return false;
  return true;
}

void HubWorld::run() {
  do {
    for (std::uint16_t i = 0; i < reactors_.size(); ++i) {
      enter(ReactorId{i});
      carry_out(ReactorId{i});
    }
    read_all();
  } while (!is_idle());
}

void HubWorld::settle() {
  ledger_.weather().release();
  run();
  check_answers();
  check_read();
  check_members();
  std::size_t present = 0;
  for (const auto& [number, client] : clients_)
    present += client->peer.person ? 1 : 0;
  expect(hub_.sessions() == present + hub_.detached_sessions(), "sessions without anybody");
  for (const Reactor& reactor : reactors_)
    expect(reactor.simulated.held_bytes() <= hub_.log_bytes(), "a reactor holds what no log holds");
}

void HubWorld::check_answers() const {
  std::set<std::string> names;
  for (const auto& [number, client] : clients_) {
    const Peer& peer = client->peer;
    expect(peer.unanswered.empty(), "a request is not answered");
    if (peer.person) {
      const auto name = Nickname::make(peer.view.nickname());
      expect(name && names.insert(std::string(name->folded())).second, "two have one nickname");
    }
  }
}

// Everybody has read to the end of every room, and knows who is there; in a pair what is behind may
// be one's own.
void HubWorld::check_read() const {
  for (const auto& [number, client] : clients_) {
    const test::ClientView& view = client->peer.view;
    for (const auto& [id, room] : view.rooms()) {
      const RoomLog* const log = hub_.log(id);
      if (room.has_ended || log == nullptr)
        continue;
      for (Sequence next = room.next; next < log->next(); next = next + 1) {
        const AcceptedMessage* const unread = ledger_.find(id, next);
        expect(room.kind == RoomKind::pair && unread != nullptr && unread->from.user == view.user(),
               "a message was not sent to everybody");
      }
      expect(room.next <= log->next(), "somebody knows messages that there are not");
      expect(room.has_whole_list || !room.is_listed, "somebody was not told who is in a room");
    }
  }
}

// Who is in a room agrees on who is there, and who is lost.
void HubWorld::check_members() const {
  std::set<UserId> present;
  for (const auto& [number, client] : clients_)
    if (client->peer.person)
      present.insert(client->peer.view.user());
  std::map<RoomId, const test::ClientView::RoomView*> rooms;
  for (const auto& [number, client] : clients_) {
    const test::ClientView& view = client->peer.view;
    for (const auto& [id, room] : view.rooms()) {
      if (room.has_ended || !room.has_whole_list)
        continue;
      const auto& first = *rooms.try_emplace(id, &room).first->second;
      expect(room.members == first.members, "two do not agree on the members");
      expect(room.lost == first.lost, "two do not agree on who is lost");
      const auto self = room.members.find(view.user());
      expect(self != room.members.end() && self->second == view.nickname(),
             "somebody is not in the room, or is there under another name");
      expect(std::ranges::none_of(room.lost, [&](UserId user) { return present.contains(user); }),
             "somebody who is there counts as lost");
    }
  }
}

void HubWorld::check_memory() const {
  expect(hub_.detached_sessions() <= options_.detached.most, "too many sessions are detached");
  // Each room keeps what is being filled, and what this round has brought.
  const std::size_t most =
      options_.total_retention_bytes + 2 * RoomLog::kLargestSegmentBytes * hub_.rooms();
  expect(hub_.log_bytes() <= most, "logs hold more than they may");
}

void HubWorld::end() {
  settle();
  while (!clients_.empty())
    reset(clients_.begin()->first);
  run();
  pass(options_.detached.grace);
  run();
  expect(hub_.sessions() == 0 && hub_.detached_sessions() == 0, "sessions are left");
  expect(hub_.rooms() == 1 && ledger_.weather().numbered_rooms() <= 1, "rooms are left");
  expect(!hub_.next_deadline(), "there is something to wait for");
  for (const Reactor& reactor : reactors_)
    expect(reactor.simulated.held_rooms() == 0, "a reactor reads a room without readers");
}

}  // namespace chat::fuzz
