// What the client knows and shows: the connection's state, rooms, and requests under way. Knows no
// curses, no socket and no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/command.hpp"
#include "client/pair.hpp"
#include "client/people.hpp"
#include "client/room.hpp"
#include "client/units.hpp"
#include "libchat/protocol.hpp"

namespace chat::client {

enum class Phase {
  naming,        // the user is asked for a nickname
  greeting,      // hello is sent and not answered yet
  chatting,      // welcome
  disconnected,  // the server is gone; the screen stays until the user quits
  quitting,      // the user wants to end
};

// One thread; time comes in with the calls, frames to send go out by take_outgoing().
class Model {
 public:
  // What others whisper in further pairs is ignored.
  static constexpr std::uint32_t kMaxPairs = 4096;
  // With as many requests that have no answer, or whispers that wait for their turn, nothing more
  // is taken from the user: a server that never answers would make them grow without end.
  static constexpr std::size_t kMaxPending = 4096;

  using IdSource = std::function<MessageId()>;  // random, for messages
  // Nothing, or a sentence that says why a line was refused; then it should stay in the input.
  using Outcome = std::expected<void, std::string>;

  // `server` is how the title calls the server: "127.0.0.1:1338".
  Model(std::string server, IdSource next_message_id);

  // --- what happens -----------------------------------------------------------------------------

  // Greets the server, or asks the user for another nickname when this one cannot be valid.
  void start(std::string_view nickname, WallTime now);
  // No effect once disconnected or quitting.
  void receive(const protocol::ServerMessage& message, WallTime now);
  // `why` is a sentence, or empty. What was still to be sent is dropped. While a nickname is asked
  // for this is no news: the next hello, and nothing else, wants a new connection.
  void connection_lost(std::string_view why, WallTime now);

  // --- what the user does -----------------------------------------------------------------------

  // A line that was entered: a nickname in Phase::naming, otherwise text or a command.
  Outcome submit(std::string_view line, WallTime now);
  // By the order in which rooms were entered, from 0; nothing happens when there is none.
  void show_room(std::size_t index);
  void page_up(Size area) { current().scrollback.page_up(area); }
  void page_down(Size area) { current().scrollback.page_down(area); }
  void quit();

  // --- what goes to the server ------------------------------------------------------------------

  // The messages to send, in order; empty afterwards.
  std::vector<protocol::ClientMessage> take_outgoing();

  // --- what is shown ----------------------------------------------------------------------------

  Phase phase() const { return phase_; }
  // True when the connection had ended before the user wanted to.
  bool was_disconnected() const { return was_disconnected_; }
  // The sentence that goes with it.
  const std::string& disconnect_sentence() const { return disconnect_sentence_; }
  const std::string& server() const { return server_; }
  const std::string& nickname() const { return nickname_; }
  std::span<const Room> rooms() const { return rooms_; }
  std::size_t front_index() const { return front_; }
  // The room in front; nothing when one is in no room.
  const Room* front() const { return rooms_.empty() ? nullptr : &rooms_[front_]; }
  // The lines that are shown, also when one is in no room.
  const Scrollback& scrollback() const {
    return front() ? front()->scrollback : outside_.scrollback;
  }
  // Whom the user may want to address.
  std::vector<std::string> names_to_complete() const;
  // A nickname that was refused and should be offered for correction; once.
  std::optional<std::string> take_refused_nickname();

 private:
  // What an answer belongs to.
  struct Request {
    enum class What { hello, text, rename, join, leave, rooms, members };
    What what;
    std::string input;       // as the user typed it, so that nothing refused is lost
    std::string name = {};   // the nickname of a hello or whisper
    std::string text = {};   // of a whisper: shown once it is acknowledged
    RoomId room = {};        // of leave and members
    RoomId after_room = {};  // of rooms: the last one of the page before
    UserId after_user = {};  // of members: the last one of the page before
  };

  // model.cpp
  Room& current() { return rooms_.empty() ? outside_ : rooms_[front_]; }
  Room* find(RoomId room);
  void bring_to_front(std::size_t index);
  void close(RoomId room);
  void show(Room& room, LineKind kind, std::string_view text);
  void show(LineKind kind, std::string_view text) { show(current(), kind, text); }
  void show_at(Room& room, LineKind kind, WallTime when, std::string_view text);
  RequestId ask(Request request);
  // What was asked under this number; it is answered then. Nothing when nothing was.
  std::optional<Request> take_request(RequestId number);
  std::size_t pending() const;
  void hello(std::string_view nickname);
  void ask_for_nickname(std::string_view refused, std::string_view why);
  void end_connection(std::string_view why);

  // user_commands.cpp
  Outcome submit_nickname(std::string_view line);
  Outcome check_text(std::string_view text) const;
  Outcome say(MessageKind kind, std::string text, std::string_view input);
  Outcome run(const command::Say& command, std::string_view input);
  Outcome run(const command::Action& command, std::string_view input);
  Outcome run(const command::Whisper& command, std::string_view input);
  Outcome run(const command::Nick& command, std::string_view input);
  Outcome run(const command::Join& command, std::string_view input);
  Outcome run(const command::Leave& command, std::string_view input);
  Outcome run(const command::Who& command, std::string_view input);
  Outcome run(const command::Rooms& command, std::string_view input);
  Outcome run(const command::Clear& command, std::string_view input);
  Outcome run(const command::Help& command, std::string_view input);
  Outcome run(const command::Quit& command, std::string_view input);

  // server_events.cpp
  void on(const protocol::Welcome& welcome);
  void on(const protocol::RoomOpened& opened);
  void on(const protocol::RoomClosed& closed);
  void on(const protocol::NicknameChanged& changed);
  void on(const protocol::Acknowledged& acknowledged);
  void on(const protocol::MemberPage& page);
  void on(const protocol::RoomPage& page);
  void on(const protocol::Error& error);
  void on(const protocol::Gap& gap);
  void on(const protocol::Posted& posted);
  void on(const protocol::Joined& joined);
  void on(const protocol::Left& left);
  void on(const protocol::Renamed& renamed);
  void on(const protocol::MemberCount& count);
  void on(const protocol::Presence&) {}
  void on(const protocol::Ping& ping);
  void on(const protocol::Pong&) {}
  void on(const protocol::Goodbye& goodbye);
  void show_message(Room& room, const protocol::Posted& posted);
  void show_missed(Room& room, std::uint64_t messages);
  void show_page_of_members(const protocol::MemberPage& page);

  // whispers.cpp
  void open_pair(const protocol::RoomOpened& opened);
  void close_pair(RoomId room);
  void whisper_acknowledged(const protocol::Acknowledged& acknowledged, Request request);
  void whisper_posted(Pair& pair, const protocol::Posted& posted);
  void whispers_missed(Pair& pair, const protocol::Gap& gap);
  void show_own(std::string_view other, std::span<const OwnWhisper> whispers);

  std::string server_;
  IdSource next_message_id_;
  Phase phase_ = Phase::naming;
  WallTime now_;  // as of the call that is being served
  bool was_disconnected_ = false;
  std::string disconnect_sentence_;
  UserId me_;
  std::string nickname_;
  std::size_t max_text_bytes_ = kMaxTextBytes;
  std::size_t max_rooms_ = 0;
  std::vector<Room> rooms_;
  std::size_t front_ = 0;       // index into rooms_, unless there is none
  Room outside_{RoomId{}, {}};  // holds the lines while one is in no room
  std::map<RoomId, Pair> pairs_;
  People people_;
  std::map<RequestId, Request> requests_;
  RequestId last_request_;
  std::optional<std::string> refused_nickname_;
  std::vector<protocol::ClientMessage> outgoing_;
};

}  // namespace chat::client
