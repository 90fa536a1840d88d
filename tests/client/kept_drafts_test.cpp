// What was being written when a client ended: each client is a model and a controller, with the
// same folder.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>

#include "client/controller.hpp"
#include "tests/client/chatting.hpp"
#include "tests/client/keeping.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

constexpr UserId kLea{12};

// Ann in the lobby.
class Client {
 public:
  explicit Client(const TemporaryFolder& folder)
      : model_("127.0.0.1:1338", next_id, std::make_unique<DiskState>(state_in(folder))) {
    model_.start("Ann", kNoon);
    const auto hello = sent<protocol::Hello>(model_);
    REQUIRE(hello.has_value());
    welcome(model_, hello->request, "Ann");
    open_room(model_, hello->request, kLobby, "lobby", {{kMe, "Ann"}});
  }

  // A conversation with somebody is in front.
  void talk_to(UserId user, const std::string& nickname) {
    const RoomId pair{100 + static_cast<RoomId::rep>(user.value)};
    give(model_, protocol::RoomOpened{.request = {},
                                      .room = pair,
                                      .kind = RoomKind::pair,
                                      .name = nickname,
                                      .next = {1},
                                      .members = 2});
    give(model_,
         protocol::MemberPage{
             .request = {}, .room = pair, .total = 2, .people = {{kMe, "Ann"}, {user, nickname}}});
    show_conversation(model_, nickname);
    controller_.model_changed();
  }
  void rename(UserId user, const std::string& before, const std::string& after) {
    give(model_, protocol::Renamed{.room = RoomId{100 + static_cast<RoomId::rep>(user.value)},
                                   .time = kNoon,
                                   .user = user,
                                   .before = before,
                                   .after = after});
  }
  // Is kept.
  void write(std::string_view text) {
    controller_.press(Typed{std::string(text)}, {}, kNoon);
    controller_.keep_drafts();
  }
  void erase() {
    while (!draft().empty())
      controller_.press(NamedKey::backspace, {}, kNoon);
    controller_.keep_drafts();
  }
  void enters(UserId user, const std::string& nickname) {
    give(model_, protocol::Joined{.room = kLobby, .time = kNoon, .people = {{user, nickname}}});
    controller_.model_changed();
  }
  void query(const std::string& nickname) {
    submit(model_, "/query " + nickname);
    controller_.model_changed();
  }
  const std::string& draft() const { return controller_.prompt().text(); }

 private:
  Model model_;
  Controller controller_{model_};
};

}  // namespace

TEST_CASE("a draft for somebody is theirs, whatever they or others are called by then") {
  const TemporaryFolder folder;
  {
    Client client(folder);
    client.talk_to(kLisa, "Lea");
    client.write("for you");
    client.rename(kLisa, "Lea", "Lia");
    client.write(" alone");
  }
  Client client(folder);
  client.talk_to(kLea, "Lea");
  CHECK(client.draft().empty());
  client.talk_to(kLisa, "Lia");
  CHECK(client.draft() == "for you alone");
}

TEST_CASE("a draft that was sent or erased is not there any more, under no name") {
  const TemporaryFolder folder;
  {
    Client client(folder);
    // Who that is, nobody knows yet.
    client.query("Lea");
    client.write("for you");
    client.talk_to(kLisa, "Lea");
    client.write(" alone");
  }
  CHECK(state_in(folder).recall(kAnn).drafts.size() == 1);
  {
    Client client(folder);
    client.talk_to(kLisa, "Lea");
    CHECK(client.draft() == "for you alone");
    client.rename(kLisa, "Lea", "Lia");
    client.erase();
  }
  CHECK(state_in(folder).recall(kAnn).drafts.empty());
}

TEST_CASE("a draft waits for somebody who is not there yet") {
  const TemporaryFolder folder;
  {
    Client client(folder);
    client.talk_to(kLisa, "Lea");
    client.write("for you");
  }
  Client client(folder);
  client.query("Lea");
  CHECK(client.draft().empty());
  client.enters(kLisa, "Lea");
  CHECK(client.draft() == "for you");
}

TEST_CASE("a draft of an earlier version is found by the name, and from then on by who that is") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.keep_draft(draft("@Lea", "for you"));
  }
  {
    Client client(folder);
    client.talk_to(kLisa, "Lea");
    CHECK(client.draft() == "for you");
    client.rename(kLisa, "Lea", "Lia");
    client.write("!");
  }
  Client client(folder);
  client.talk_to(kLea, "Lea");
  CHECK(client.draft().empty());
  client.talk_to(kLisa, "Lia");
  CHECK(client.draft() == "for you!");
}
