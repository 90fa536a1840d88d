// A person's client on one connection: what it asks for, and what it is sent, which it holds to the
// truth and to what PROTOCOL.md promises. What may not be is a Violation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"
#include "tests/simulation/departures.hpp"
#include "tests/simulation/expected_errors.hpp"
#include "tests/simulation/person.hpp"
#include "tests/simulation/statistics.hpp"
#include "tests/simulation/truth.hpp"

namespace chat::sim {

// What is wrong with a hello, beside the one that is as it should be.
enum class Claim : std::uint8_t {
  none,
  wrong_token,
  short_token,
  no_token,
  wrong_secret,
  other_identity,
  future_positions,
  unknown_epoch,
  no_positions,
  old_positions,
  foreign_rooms,  // and rooms that there are not
  kinds,
};

// What the server promises to a session that waits.
struct Promise {
  const Departures& departures;
  std::int64_t grace_ms = 0;
  bool forgets = true;    // logs may lose messages
  bool is_prompt = true;  // never so many wait that they do not end all at once
};

// Bytes that no client should send.
enum class Junk : std::uint8_t {
  unknown_type,
  long_text,
  empty_text,
  bad_utf8,
  bad_kind,
  foreign_room,
  too_large,
  truncated,
  kinds,
};

// One thread. Truth and statistics outlive it.
class Client {
 public:
  Client(Person person, Truth& truth, Statistics& statistics, const Promise& promise)
      : person_(std::move(person)), truth_(truth), statistics_(statistics), promise_(promise) {}

  // --- what it asks for: bytes for the server (client_asks.cpp) ---------------------------------

  void hello(Claim claim = Claim::none);
  // To its room number `room`; about `bytes` of text.
  void say(std::uint32_t room, std::uint32_t bytes);
  void repeat(std::uint32_t which, bool with_another_body);
  void whisper(const std::string& to, UserId user, std::uint32_t bytes);
  void rename(std::uint32_t name, bool in_capitals);
  void join(std::uint32_t room);
  void leave(std::uint32_t room);
  void list(std::uint32_t room);
  // Tells of itself in its room number `room`; see Act::tell.
  void tell(std::uint32_t room, std::uint32_t what);
  // Asks for at most `count` messages of its room number `room`, or of room `room` of all: the last
  // ones, or such from before.
  void read(std::uint32_t room, bool of_all, bool from_before, std::size_t count);
  // Says again what it does not know the fate of.
  void say_again();
  // Asks for all that was said in its rooms.
  void read_all();
  void goodbye();
  void junk(Junk kind);
  // What is on its way to the server.
  ByteView outgoing() const { return outgoing_; }
  void drop_outgoing(std::size_t bytes);

  // --- what it is sent (client_hears.cpp, client_resumes.cpp) -----------------------------------

  void receive(ByteView bytes);
  // The connection has ended.
  void check_end() const;

  // --- what it knows ----------------------------------------------------------------------------

  const Person& person() const { return person_; }
  // What is left when the connection is gone, or another one takes its place.
  Person leave_behind(const Moment& now) const;
  // There are other connections of the same person, made before or after this one, whose hello may
  // still be on its way: what becomes of the session is not certain.
  void expect_older() {
    has_older_ = true;
    doubt();
  }
  void expect_newer() {
    has_newer_ = true;
    doubt();
  }

  bool is_welcome() const { return welcome_; }
  bool has_resumed() const { return resumed_; }
  bool is_leaving() const { return leaving_; }
  bool awaits_welcome() const { return !welcome_ && !waiting_.empty(); }
  // Everything that could happen has happened.
  void check_at_rest() const;

 private:
  bool has_rivals() const { return has_older_ || has_newer_; }
  void doubt() {
    person_.is_doubtful = true;
    person_.detached_at.reset();
  }
  template <class Message>
  void ask(Message message, Asked asked);
  void ask(const Said& said);
  // What is not answered unless it is refused.
  template <class Message>
  void tell(Message message);
  void ask_for_history(RoomId room, Sequence before, std::size_t count);
  void remember(Said said);
  Said changed(Said said, std::uint32_t how) const;
  void claim(Claim what, protocol::Hello& hello, Asked& asked);
  std::optional<RoomId> room_number(std::uint32_t number) const;

  RoomStream& room(RoomId id);
  std::optional<Asked> answer(RequestId request);
  void check_resumed(const protocol::Welcome& m) const;
  void begin_session(const protocol::Welcome& m);
  void reopen(const protocol::RoomOpened& m);
  void reopen_reset(const protocol::RoomOpened& m);
  void become_another();
  void close_claimed(RoomId id);
  void close_left(RequestId request, RoomId id, const RoomStream& room);
  void close_pair(RoomId id, const RoomStream& pair);
  bool has_cause(const Asked& asked, ErrorCode code) const;
  void check_whisper(const protocol::Posted& m) const;
  void check_acknowledged(const protocol::Posted& m) const;
  template <class Message>
  void hear(const Message& m) {
    room(m.room).hear(m);
  }

  void on(const protocol::Welcome& m);
  void on(const protocol::RoomOpened& m);
  void on(const protocol::RoomClosed& m);
  void on(const protocol::NicknameChanged& m);
  void on(const protocol::Acknowledged& m);
  void on(const protocol::MemberPage& m);
  void on(const protocol::RoomPage& m);
  void on(const protocol::Error& m);
  void on(const protocol::Gap& m);
  void on(const protocol::Posted& m);
  void on(const protocol::Joined& m) { hear(m); }
  void on(const protocol::Left& m);
  void on(const protocol::Renamed& m) { hear(m); }
  void on(const protocol::Presence& m) { hear(m); }
  void on(const protocol::Typing& m) { hear(m); }
  void on(const protocol::Away& m) { hear(m); }
  void on(const protocol::MemberCount& m);
  void on(const protocol::Ping&) {}
  void on(const protocol::Pong&) {}
  void on(const protocol::Goodbye& m);
  void on(const protocol::History& m);
  void on(const protocol::SearchResults& m) { answer(m.request); }
  void on(const protocol::Notice&) {}

  Person person_;
  Truth& truth_;
  Statistics& statistics_;
  Promise promise_;

  bool welcome_ = false;
  bool resumed_ = false;
  bool reset_ = false;       // the numbers that it knew are void
  bool leaving_ = false;     // it has said goodbye
  bool sent_bytes_ = false;  // such as no client should send, and that end the connection
  bool has_older_ = false;
  bool has_newer_ = false;
  bool heard_goodbye_ = false;
  // By its last hello.
  bool shows_token_ = false;  // the right one, and who has it
  std::uint8_t shown_identity_ = 0;
  std::uint8_t shown_secret_ = 0;
  Bytes outgoing_;
  FrameDecoder decoder_;
  RequestId last_request_;
  RequestId hello_;  // the one that was welcome
  std::map<RequestId, Asked> waiting_;
  std::set<RequestId> told_;
  std::map<RoomId, Sequence> claimed_;  // by the hello: the next message of each room
  Epoch claimed_epoch_;
  bool reads_all_ = false;
  std::set<RoomId> to_reopen_;        // rooms that were not opened again yet
  std::set<RoomId> foreign_;          // rooms that it claimed without having been in them
  bool rooms_were_doubtful_ = false;  // when it said hello
  std::set<MessageId> said_here_;     // through this connection
  // Due when a room was left: they may come when it is come into again.
  std::map<RoomId, unsigned> late_snapshots_;
};

}  // namespace chat::sim
