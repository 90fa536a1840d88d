// The hub under any requests, in any order of its reactors: see HubWorld for what must hold. With
// EDGECHAT_TRACE in the environment it tells what happens.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libchat/hub.hpp"
#include "tests/fuzz/any_message.hpp"
#include "tests/fuzz/hub_world.hpp"
#include "tests/fuzz/input.hpp"

namespace chat::fuzz {
namespace {

using namespace std::chrono_literals;

constexpr Epoch kEpoch{7};
constexpr std::size_t kClients = 6;

// One byte.
HubOptions any_options(Input& input) {
  const std::uint8_t bits = input.byte();
  return {.epoch = kEpoch,
          .reactors = 1U + bits % 3,
          .room_retention_bytes = (bits & 4) != 0 ? 512U : 65'536U,
          .total_retention_bytes = (bits & 8) != 0 ? 2'048U : 1U << 20,
          .max_rooms = 5,
          .max_rooms_per_user = 3,
          .max_pairs_per_user = 2,
          .detached = {.grace = (bits & 16) != 0 ? 0s : 20s,
                       .unnoticed = 5s,
                       .most = 3,
                       .most_per_address = 2},
          .lists_at_once_bytes = (bits & 32) != 0 ? 0U : 65'536U};
}

std::ostream* trace() {
  static std::ostream* const kTrace = std::getenv("EDGECHAT_TRACE") ? &std::cerr : nullptr;
  return kTrace;
}

std::string name_of(std::size_t number) {
  return "n" + std::to_string(number);
}

IdentityId identity(std::size_t number) {
  return {{static_cast<std::uint8_t>(number), 1}};
}

// Steps, each a few bytes: what is done, by which client, and with what.
class Play {
 public:
  explicit Play(Input input) : input_(input), world_(any_options(input_), trace()) {}

  void run() {
    for (client_ = 0; client_ < 3; ++client_) {
      connect();
      const bool is_anonymous = client_ == 2;
      receive(protocol::Hello{.nickname = name_of(client_),
                              .identity = is_anonymous ? IdentityId{} : identity(client_)});
      world_.serve(client_);
    }
    while (!input_.empty())
      step();
    world_.end();
  }

 private:
  void step() {
    const std::uint8_t what = input_.byte();
    client_ = input_.below(kClients);
    act(what % 128 % 29);
    // Its effects may come at once.
    if (what >= 128)
      world_.serve(client_);
  }

  void act(std::size_t what) {
    switch (what) {
      case 0:
        return world_.receive(client_, input_.take(input_.byte()));
      case 1:
      case 2:
        return say_hello();
      case 3:
      case 4:
        return say();
      case 5:
        return say_much();
      case 6:
      case 7:
        return whisper();
      case 8:
        return receive(protocol::Rename{.nickname = any_name()});
      case 9:
      case 10:
        return receive(protocol::Join{.name = input_.one_in(4) ? any_text(input_) : any_name()});
      case 11:
        return receive(protocol::Leave{.room = any_room()});
      case 12:
        return receive(protocol::ListMembers{.room = any_room(), .after = {input_.byte()}});
      case 13:
        return receive(protocol::ListRooms{.after = {input_.byte()}});
      case 14:
        return connect();
      case 15:
        return world_.receive(client_, any_frame<protocol::ClientMessage>(input_));
      case 16:
        return world_.enter(any_reactor());
      case 17:
        return world_.carry_out(any_reactor());
      case 18:
        return world_.read(client_);
      case 19:
        return world_.reset(client_);
      case 20:
        return receive(
            protocol::Goodbye{.request = {}, .reason = CloseReason::quit, .sentence = {}});
      case 21:
        return world_.pass(input_.byte() * 100ms);
      case 22:
        return change_weather();
      case 23:
        return receive(protocol::ReadHistory{
            .room = any_room(), .before = {input_.byte()}, .count = input_.byte()});
      case 24:
        return receive(protocol::Search{
            .text = any_text(input_), .before = input_.byte(), .count = input_.byte()});
      case 25:
        return receive(protocol::MarkRead{.room = any_room(), .sequence = {input_.byte()}});
      case 26:
        return receive(protocol::TellTyping{.room = any_room()});
      case 27:
        return receive(
            protocol::SetAway{.is_away = input_.one_in(2), .sentence = any_text(input_)});
      default:
        return world_.settle();
    }
  }

  void connect() {
    const ReactorId reactor = any_reactor();
    world_.connect(client_, reactor, AddressKey{input_.byte() % 2U});
  }

  // Sometimes with a part of the frame left out until later.
  template <class Message>
  void receive(const Message& message) {
    Bytes& bytes = held_back_[client_];
    append(bytes, protocol::encode(message));
    const std::size_t size = input_.one_in(16) ? bytes.size() - 1 - input_.below(8) : bytes.size();
    world_.receive(client_, ByteView(bytes).first(size));
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
  }

  void say_hello() {
    if (!world_.is_connected(client_))
      connect();
    held_back_[client_].clear();
    protocol::Hello hello{.nickname = any_name()};
    if (input_.one_in(16))
      hello.version = input_.byte() % 5;
    if (input_.one_in(2))
      hello.identity = identity(input_.below(4));
    const auto& people = world_.oracle().people();
    const std::uint8_t how = input_.byte();
    if (how % 4 != 0 && !people.empty())
      claim(hello, people[people.size() - 1 - input_.below(people.size())], how);
    else if (how % 8 == 4)
      fill(hello.token, input_);
    receive(hello);
  }

  // To be a person: truly, as far as `how` says so.
  void claim(protocol::Hello& hello, const Person& person, std::uint8_t how) {
    hello.token = person.token;
    hello.identity = person.identity;
    hello.secret = person.secret;
    hello.epoch = kEpoch;
    hello.read = world_.oracle().view_of(person).read();
    switch (how / 4 % 16) {
      case 0:
        if (!hello.token.empty())
          hello.token[input_.byte() % hello.token.size()] ^= std::uint8_t(1U << input_.below(8));
        return;
      case 1:
        hello.secret.value[0] ^= 1;
        return;
      case 2:
        // From version 3 on that is no error, and voids all that the oracle knows of the rooms.
        hello.version = std::min<std::uint16_t>(hello.version, 2);
        return fill(hello.epoch, input_);
      case 3:
        return hello.read.clear();
      case 4:
        return fill(hello.read.emplace_back(), input_);
      case 5:
      case 6:
        for (protocol::LastRead& read : hello.read)
          read.sequence.value -= std::min<std::uint64_t>(read.sequence.value, input_.byte() % 8U);
        return;
      case 7:
        if (!hello.read.empty())
          hello.read.erase(hello.read.begin() +
                           static_cast<std::ptrdiff_t>(input_.byte() % hello.read.size()));
        return;
      default:
        return;
    }
  }

  void say() {
    const std::uint8_t id = input_.byte() % 64;
    receive(protocol::Say{.room = any_room(), .id = {id}, .kind = any_kind(), .text = text_of(id)});
  }

  // More than a small room holds.
  void say_much() {
    const RoomId room = any_room();
    std::uint8_t id = input_.byte() % 64;
    for (std::size_t left = input_.below(16); left > 0; --left, ++id)
      receive(protocol::Say{
          .room = room, .id = {id}, .kind = MessageKind::text, .text = std::string(200, 'y')});
  }

  void whisper() {
    const std::uint8_t id = input_.byte() % 64;
    const auto& people = world_.oracle().people();
    protocol::Whisper whisper{.id = {id}, .kind = any_kind(), .text = text_of(id)};
    if (people.empty() || input_.one_in(8)) {
      whisper.nickname = any_name();
      fill(whisper.user, input_);
    } else {
      const Person& to = people[people.size() - 1 - input_.below(people.size())];
      whisper.nickname = world_.oracle().view_of(to).nickname();
      whisper.user = input_.one_in(2) ? to.user : UserId{};
    }
    receive(whisper);
  }

  void change_weather() {
    switch (input_.below(4)) {
      case 0:
      case 1:
        return world_.ledger().weather().hold();
      case 2:
        return world_.ledger().weather().release();
      default:
        return world_.ledger().weather().fail_next();
    }
  }

  ReactorId any_reactor() {
    return ReactorId{static_cast<std::uint16_t>(input_.below(world_.reactors()))};
  }

  std::string any_name() {
    const std::uint8_t which = input_.byte();
    return which < 128 ? name_of(which % 8) : any_text(input_);
  }

  // Mostly one that the client is in.
  RoomId any_room() {
    const std::uint8_t which = input_.byte();
    const Peer* const peer = world_.peer(client_);
    if (which >= kRaw || peer == nullptr || peer->view.rooms().empty())
      return {which % 16U};
    const auto& rooms = peer->view.rooms();
    return std::next(rooms.begin(), static_cast<std::ptrdiff_t>(which % rooms.size()))->first;
  }

  MessageKind any_kind() { return input_.one_in(8) ? MessageKind::action : MessageKind::text; }

  // Mostly the same for the same message.
  std::string text_of(std::uint8_t id) {
    return input_.one_in(8) ? any_text(input_) : std::string(1U + id * 7U % 90U, 'x');
  }

  Input input_;
  HubWorld world_;
  HubWorld::ClientNumber client_ = 0;
  std::array<Bytes, kClients> held_back_;
};

}  // namespace
}  // namespace chat::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chat::fuzz::Play(chat::fuzz::Input({data, size})).run();
  return 0;
}
