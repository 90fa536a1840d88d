// What the client knows and shows: the connection's state, rooms, and requests under way. Knows no
// curses, no socket and no clock.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/command.hpp"
#include "client/excerpt.hpp"
#include "client/findings.hpp"
#include "client/highlights.hpp"
#include "client/line_search.hpp"
#include "client/mention.hpp"
#include "client/open_rooms.hpp"
#include "client/people.hpp"
#include "client/reads.hpp"
#include "client/request.hpp"
#include "client/room.hpp"
#include "client/state.hpp"
#include "client/units.hpp"
#include "client/unsent.hpp"
#include "client/url_list.hpp"
#include "libchat/protocol.hpp"

namespace chat::client {

enum class Phase {
  naming,        // the user is asked for a nickname
  greeting,      // hello is sent, or about to be, and not answered yet
  chatting,      // welcome
  reconnecting,  // the connection is lost; what the user says waits for the next one
  disconnected,  // the server does not want this client; the screen stays until the user quits
  quitting,      // the user wants to end
};

// One thread; time comes in with the calls, frames to send go out by take_outgoing().
class Model {
 public:
  // What others whisper in further conversations is ignored.
  static constexpr std::uint32_t kMaxPairs = 4096;
  // With as many requests that have no answer, or messages that have no place yet, nothing more is
  // taken from the user: a server that never answers would make them grow without end.
  static constexpr std::size_t kMaxPending = 4096;
  // The server knows the last 256 messages of a session, and those alone can be said again without
  // being published twice (PROTOCOL.md, "Sessions"). So no more than this wait for it at a time.
  static constexpr std::size_t kMostUnderWay = 200;
  // So many rooms fit into a hello: 12 of the 16,384 bytes each, beside at most 300 others.
  static constexpr std::size_t kMostRead = 1000;

  // So many of the rooms that were listed are remembered, to complete their names.
  static constexpr std::size_t kMostListed = 1000;

  using IdSource = std::function<MessageId()>;  // random, for messages
  // Nothing, or a sentence that says why a line was refused; then it should stay in the input.
  using Outcome = std::expected<void, std::string>;

  // `server` is how the title calls the server: "127.0.0.1:1338".
  Model(std::string server, IdSource next_message_id, std::unique_ptr<State> state);

  // What in messages of others should not be overlooked, from now on.
  void look_out_for(Highlights highlights) { highlights_ = std::move(highlights); }
  // Whether others are told that the user types. They are unless this says otherwise.
  void tell_of_typing(bool tells) { tells_typing_ = tells; }

  // What /help says below the commands, from now on; nothing unless this says otherwise.
  void end_help_with(std::string sentence) { help_end_ = std::move(sentence); }

  // --- what happens -----------------------------------------------------------------------------

  // Greets the server, or asks the user for another nickname when this one cannot be valid.
  void start(std::string_view nickname, WallTime now);
  // Asks the user for a nickname; an empty line takes the one that is offered.
  void ask_nickname(std::string_view offered, WallTime now);
  // These are entered as soon as the server has said welcome, and then no more.
  void enter_at_start(std::vector<std::string> rooms) { rooms_at_start_ = std::move(rooms); }
  // Whether the rooms that the last client of this nickname was in are entered then, too, and those
  // of this one are kept for the next. They are unless this says otherwise.
  void remember_rooms(bool remembers) { remembers_rooms_ = remembers; }
  // No effect once disconnected; when quitting, only what is left of the session has one.
  void receive(const protocol::ServerMessage& message, WallTime now);
  // There is a new connection: greets the server, if it is not about to be greeted anyway.
  void connected(WallTime now);
  // `why` is a sentence, or empty. Requests that were to be sent are dropped, messages wait. While
  // a nickname is asked for this is no news: the next hello, and nothing else, wants a connection.
  // Also for a try to connect that failed.
  void connection_lost(std::string_view why, WallTime now);
  // The server has not answered the hello, and the connection is about to be dropped: a session
  // that would begin through it is ended, since it would keep the nickname.
  void take_hello_back();
  // What is shown for a while only is over by now. To be called before anything is shown.
  void pass_time(WallTime now);
  // For the status line while the connection is lost: nothing while one is being tried.
  void next_try_in(std::optional<std::chrono::seconds> wait) { next_try_ = wait; }

  // --- what the user does -----------------------------------------------------------------------

  // A line that was entered: a nickname in Phase::naming, otherwise text or a command.
  Outcome submit(std::string_view line, WallTime now);
  // What the user asked of the client itself is answered in the room in front.
  void tell(std::span<const std::string> sentences, WallTime now);
  // A text for the room in front, also one that looks like a command.
  Outcome submit_text(std::string_view text, WallTime now);
  // They have changed a text that they may say in the room in front.
  void user_types(WallTime now);
  // Says once more what was given up last. The refusal is a sentence, as of submit().
  Outcome resend(WallTime now);
  // By the order in which rooms were entered, from 0; nothing happens when there is none.
  void show_room(std::size_t index);
  // So many further on in that order, or back; behind the last one comes the first.
  void show_next(std::ptrdiff_t rooms);
  // Where the newest unread message is that mentions the user, which then is in the area, also when
  // it is below what is being read; without one, a conversation or room with the newest that is
  // unread; without one, where the user was before.
  void show_news(Size area);
  // Where the user was before.
  void show_previous();
  // Through what is shown. Where that ends, more of it is read from the server.
  void page_up(Size area, std::optional<Rows> by = std::nullopt);
  void page_down(Size area, std::optional<Rows> by = std::nullopt);
  // Looks for something in the lines of the room in front: begins; changes what is looked for; goes
  // to the next line that has it; ends, at the end when one was there. find() does nothing while a
  // list or the past is shown, the others while nothing is looked for.
  void find();
  bool find_type(std::string_view text, Size area);
  void find_erase(Size area);
  void find_older(Size area);
  void find_newer(Size area);
  void leave_find();
  // Lists the addresses of web pages in the lines that are shown.
  Outcome list_urls();
  void leave_urls() { urls_.reset(); }
  // In such a list, or in what a search has found: goes down by so many entries, or up. Shows the
  // chosen hit where it was said.
  void choose(std::ptrdiff_t hits);
  void show_chosen(Size area);
  // From there back to the room, as it was left; and to what is being said in it.
  void leave_past();
  void to_now();
  // What is being written in a room, for the next client if this one ends; see State.
  void keep_draft(const KeptDraft& draft) { state_->keep_draft(draft); }
  void quit();
  // The same, when the user may not be there to see what is shown.
  void hang_up();

  // --- what goes to the server ------------------------------------------------------------------

  // The messages to send, in order; empty afterwards.
  std::vector<protocol::ClientMessage> take_outgoing();

  // --- what is shown ----------------------------------------------------------------------------

  Phase phase() const { return phase_; }
  // Whether a connection is to be made where there is none: there is a hello to be said.
  bool wants_connection() const;
  std::optional<std::chrono::seconds> next_try() const { return next_try_; }
  // True when the server did not want this client any more.
  bool was_disconnected() const { return was_disconnected_; }
  // The sentence that goes with it.
  const std::string& disconnect_sentence() const { return disconnect_sentence_; }
  // What the server has not acknowledged, and whether the next client will send it.
  std::size_t unsent() const { return unsent_.size(); }
  bool keeps_unsent() const { return state_->is_lasting(); }
  // Whether it has said that it restarts, and that is not long ago.
  bool server_restarts() const { return restarting_since_.has_value(); }
  const std::string& server() const { return server_; }
  // What it has said of what it acknowledges; whether that is gone when it ends.
  DurabilityClaim durability() const { return durability_; }
  bool keeps_nothing() const { return durability_ == DurabilityClaim::none; }
  const std::string& nickname() const { return nickname_; }
  // Whether the user has said that they do not look.
  bool is_away() const { return away_.has_value(); }
  // How many messages were given up since the user has said something.
  std::size_t not_sent() const { return not_sent_; }
  std::span<const Room> rooms() const { return rooms_.all(); }
  std::size_t front_index() const { return rooms_.front_index(); }
  // The room in front; nothing when one is in no room.
  const Room* front() const { return rooms_.front(); }
  // What the chat area shows: a room, or a list of what was found, a part of the past,
  // or a list of the addresses in either.
  enum class Shown { room, findings, excerpt, urls };
  Shown shown() const;
  // When what is shown changes by itself: in so long. Nothing when it does not.
  std::optional<std::chrono::milliseconds> next_change(WallTime now) const;
  // The lines of the room or of the past; also when one is in no room.
  const Scrollback& scrollback() const;
  // Precondition: that is shown.
  const Findings& findings() const { return *findings_; }
  const Excerpt& excerpt() const { return *excerpt_; }
  const UrlList& urls() const { return *urls_; }
  // What is looked for in the room in front; nothing when nothing is.
  const LineSearch* line_search() const { return line_search_ ? &*line_search_ : nullptr; }
  // Whether an excerpt, or more of it, is on its way.
  bool awaits_excerpt() const {
    return excerpt_ && reads_.wants(excerpt_->room(), Range::For::excerpt);
  }
  // What came since the last call, room by room, for whoever shows lines and no rooms; at a room's
  // first turn all that it holds. What came in rooms that are closed by now is there, too, and
  // first. Costs memory from the first call on.
  struct News {
    std::string room;  // empty: while one is in none
    bool in_front;     // false for a room that is closed
    Line line;
    RoomId counted_as{};  // what the number of the line counts in
    Epoch counted_in{};
    bool begins_unread = false;  // the first one behind where the user had read to before
  };
  std::vector<News> take_news();
  // Whether the other one of a conversation is there, as far as the rooms say it.
  bool is_other_there(const Room& conversation) const;
  // How the room or conversation is called in which something was found.
  std::string place_of(const protocol::SearchHit& hit) const;
  // Whom the user may want to address, who spoke last in front; and rooms: one's own, and those
  // that were listed last.
  std::vector<std::string> names_to_complete() const;
  std::vector<std::string> rooms_to_complete() const;
  // With whom there are conversations.
  std::vector<std::string> partners_to_complete() const;
  // A nickname that was refused and should be offered for correction; once.
  std::optional<std::string> take_refused_nickname();
  // The latest message that has come and should not be overlooked; once.
  std::optional<Mention> take_mention() { return std::exchange(mention_, std::nullopt); }
  // What the user entered and could not be sent, for the history of the input line; once.
  std::vector<std::string> take_given_up() { return std::exchange(given_up_, {}); }
  // As which this text is kept that is being written in a room, and in which room a kept one was
  // being written; null while that is not there.
  KeptDraft draft_in(const Room& room, std::string text) const;
  const Room* room_of(const KeptDraft& draft) const;
  // What was being written when the last client of this nickname ended; once for each nickname.
  std::optional<std::vector<KeptDraft>> take_kept_drafts() {
    return std::exchange(kept_drafts_, std::nullopt);
  }

 private:
  static constexpr Sequence kLastSequence{~std::uint64_t{0}};
  // The first version of the protocol that has marks of what is read, and how people are there.
  static constexpr std::uint16_t kPresenceVersion = 4;
  // Of requests that have no answer; that one was refused is of no interest either, since one may
  // have left the room meanwhile.
  static constexpr RequestId kUnanswered{~RequestId::rep{0}};
  // So long a server that knows an identity knows the ids of its messages, with a day to spare.
  static constexpr std::chrono::milliseconds kRepeatable = std::chrono::days(6);
  static constexpr std::chrono::milliseconds kBetweenMarks = std::chrono::seconds(1);
  // After a connection that was shorter the same loss again is no news.
  static constexpr std::chrono::milliseconds kLasting = std::chrono::seconds(30);
  // So long a restart may take before the server counts as lost.
  static constexpr std::chrono::milliseconds kRestart = std::chrono::minutes(1);

  struct Failed {
    UnsentMessage message;
    std::string line;  // as it stands where it was said
  };

  // navigating.cpp
  void bring_to_front(std::size_t index);
  void look_at(std::size_t index);
  bool has_mention_below(Size area) const;
  void show_mention(Sequence behind, Size area);
  void close(Room& room);
  void keep_last_news(Room& room);

  // model.cpp
  UserId other_of(const Room& room) const;
  void take_news(Room& room, std::vector<News>& to) const;
  void show(Room& room, LineKind kind, std::string_view text);
  void show(LineKind kind, std::string_view text) { show(rooms_.current(), kind, text); }
  void show_at(Room& room, LineKind kind, WallTime when, std::string_view text);
  void show_line(Room& room, Line line);
  void note_arrival(Room& room, const Line& line);
  RequestId ask(Request request);
  // What was asked under this number; it is answered then. Nothing when nothing was.
  std::optional<Request> take_request(RequestId number);
  std::size_t pending() const;
  void receive_last(const protocol::ServerMessage& message);
  void ask_for_nickname(std::string_view refused, std::string_view why);
  void show_everywhere(LineKind kind, std::string_view text);
  void settle();

  // read_marks.cpp
  void see_front();
  void said_here(Room& room, Sequence number);
  void begin_reading(Room& room, const protocol::RoomOpened& opened, Sequence last);
  void acknowledged_here(Room& room, Sequence number);
  std::size_t unread_in(const Room& room) const;
  void tell_what_is_read();
  void mark_read(Room& room);

  // messages.cpp
  void say(UnsentMessage message);
  void deliver();
  bool may_go(const UnsentMessage& message) const;
  void hand_over(const UnsentMessage& message);
  void give_up(const MessageId& id, std::string_view why);
  std::string present_name_of(const UnsentMessage& message);
  void show_given_up(const UnsentMessage& message, std::string_view why);
  void show_whisper_given_up(const UnsentMessage& message, std::string_view why);
  Line failed_line(const UnsentMessage& message, std::string_view why) const;
  void take_failed_out(const Failed& failed);
  Outcome resend_last();
  void show_given_up_elsewhere(const UnsentMessage& message, std::string_view why);
  bool is_said_in(const Room& conversation);
  bool belongs_to(const UnsentMessage& message, const Room& room);
  void give_up_if(const std::function<bool(const UnsentMessage&)>& lost, std::string_view why);
  void acknowledge_said(const protocol::Acknowledged& acknowledged, const UnsentMessage& message);
  void show_acknowledged(Room& room, Sequence up_to);
  std::size_t waiting_in(const Room& room);
  void show_pending();

  // resuming.cpp
  void on(const protocol::Goodbye& goodbye);
  void lose_connection(std::string_view why);
  void tell_loss(const std::string& news);
  void end_connection(std::string_view why);
  void greet(const Nickname& nickname);
  void hello(const Nickname& nickname);
  void hello();
  std::vector<protocol::LastRead> what_was_read() const;
  void hello_refused(const protocol::Error& error, const Request& request);
  void forget_numbers();
  void resumed();
  void begin_anew(bool is_same_user);
  void enter_unnumbered_rooms();
  void enter_rooms_of_unsent();
  void enter_rooms_at_start();
  void ask_to_enter(const std::string& room);
  void enter_again(const std::string& room);
  void remember_room(const Room& room);
  void not_entered_again(const std::string& name, ErrorCode error, std::string_view sentence);
  Room* room_to_reopen(const protocol::RoomOpened& opened);
  void reopen(Room& room, const protocol::RoomOpened& opened);

  // user_commands.cpp
  Outcome submit_nickname(std::string_view line);
  Outcome submit_command(std::string_view line);
  bool awaits_room() const;
  void do_typed_ahead();
  void drop_typed_ahead();
  void give_up_typed(const std::string& line, std::string_view why);
  Outcome check_text(std::string_view text) const;
  Outcome check_chatting() const;
  Outcome say_here(MessageKind kind, std::string text);
  Outcome leave(Room& room, std::string_view input);
  Outcome leave_front(std::string_view input);
  Outcome run(const command::Say& command, std::string_view input);
  Outcome run(const command::Action& command, std::string_view input);
  Outcome run(const command::Whisper& command, std::string_view input);
  Outcome run(const command::Query& command, std::string_view input);
  Outcome run(const command::Nick& command, std::string_view input);
  Outcome run(const command::Away& command, std::string_view input);
  Outcome run(const command::Back& command, std::string_view input);
  Outcome run(const command::Join& command, std::string_view input);
  Outcome run(const command::Leave& command, std::string_view input);
  Outcome run(const command::Close& command, std::string_view input);
  Outcome run(const command::Go& command, std::string_view input);
  Outcome run(const command::Who& command, std::string_view input);
  Outcome run(const command::Rooms& command, std::string_view input);
  Outcome run(const command::Search& command, std::string_view input);
  Outcome run(const command::Resend& command, std::string_view input);
  Outcome run(const command::Clear& command, std::string_view input);
  Outcome run(const command::Help& command, std::string_view input);
  Outcome run(const command::Keys& command, std::string_view input);
  Outcome run(const command::Set& command, std::string_view input);
  Outcome run(const command::Unset& command, std::string_view input);
  Outcome run(const command::Bind& command, std::string_view input);
  Outcome run(const command::Quit& command, std::string_view input);

  // server_events.cpp
  void on(const protocol::Welcome& welcome);
  void on(const protocol::RoomOpened& opened);
  void on(const protocol::RoomClosed& closed);
  void on(const protocol::NicknameChanged& changed);
  void on(const protocol::Acknowledged& acknowledged);
  void on(const protocol::RoomPage& page);
  void on(const protocol::Error& error);
  void on(const protocol::Gap& gap);
  void on(const protocol::Posted& posted);
  void on(const protocol::Ping& ping);
  void on(const protocol::Pong&) {}
  void on(const protocol::Notice& notice);
  void tell_of_welcome(const protocol::Welcome& welcome, bool has_past);
  void be_called(const std::string& nickname);
  void message_refused(const protocol::Error& error, const Request& request,
                       std::string_view sentence);
  void messages_missed(Room& room, const protocol::Gap& gap);
  void show_message(Room& room, const protocol::Posted& posted);
  void show_missed(Room& room, std::uint64_t messages);

  // member_events.cpp
  void on(const protocol::MemberPage& page);
  void on(const protocol::Joined& joined);
  void on(const protocol::Left& left);
  void on(const protocol::Renamed& renamed);
  void on(const protocol::MemberCount& count);
  void on(const protocol::Presence& presence);
  void other_left(Room& room, const protocol::Left& left);
  void show_page_of_members(const protocol::MemberPage& page);
  void show_news(Room& room, WallTime when, std::string_view text);

  // presence.cpp
  void set_clock_by(const protocol::Welcome& welcome);
  void on(const protocol::Typing& typing);
  void on(const protocol::Away& away);
  void tell_away();
  std::optional<std::string_view> absence_of(UserId user) const;
  void warn_of_absence(Room& conversation);

  // conversations.cpp
  Room* conversation(std::string_view nickname, UserId user);
  Room* conversation_of(const UnsentMessage& message);
  Room* begin_conversation(std::string_view nickname, UserId user);
  Room* conversation_that_gives_way(std::string_view nickname);
  void give_way(Room& room, UserId user);
  void tell_of_another(Room& room);
  void begin_conversations_of_unsent();
  Room* conversation_to_open(const protocol::RoomOpened& opened);
  void open_pair(const protocol::RoomOpened& opened);
  void end_pair(Room& room, WallTime when, std::string_view news);
  void pair_closed(Room& room, const protocol::RoomClosed& closed, bool was_asked);
  void void_pair(Room& room);
  void forget_pairs(bool is_same_epoch);
  void leave_pairs_behind();
  void learn_other(RoomId room, UserId user, std::string_view nickname);
  void other_renamed(const protocol::Renamed& renamed);
  void whisper_acknowledged(const protocol::Acknowledged& acknowledged,
                            const UnsentMessage& message);
  void whisper_posted(const protocol::Posted& posted);
  void take_turns(Room& room);

  // recalled_pairs.cpp
  void remember_pair(const Room& room);
  void forget_pair(RoomId room);
  void recall_pairs();
  Room* recalled_conversation(const Reads::Part& part);
  bool is_recalled(RoomId room) const;

  // past.cpp
  void want(Range range);
  void read_on();
  void catch_up(Room& room, const protocol::RoomOpened& opened);
  bool forget_numbers(Room& room, bool is_lost);
  void tell_of_reading_anew(Room& room);
  void catch_up_pair(Room& room, const protocol::RoomOpened& opened);
  void catch_up_ended_pair(const Room& room);
  void load_older(Room& room, Size area);
  void on(const protocol::History& history);
  void show_past(Room& room, const Reads::Part& part);
  void count_past(Room& room, std::span<const protocol::HistoryMessage> messages);
  Line past_line(const protocol::HistoryMessage& message) const;
  void history_refused(const protocol::Error& error, std::string_view sentence);

  // searching.cpp
  void search(Request request, std::uint64_t before);
  void search_further();
  void on(const protocol::SearchResults& results);
  void open_excerpt(Excerpt excerpt);
  void close_excerpt();
  void find_again(Size area);
  void read_excerpt(std::optional<Range> range);
  void show_in_excerpt(const Reads::Part& part);
  void excerpt_failed(std::string_view why);

  std::string server_;
  IdSource next_message_id_;
  std::unique_ptr<State> state_;
  Phase phase_ = Phase::naming;
  WallTime now_;  // as of the call that is being served
  bool was_disconnected_ = false;
  std::string disconnect_sentence_;
  std::optional<WallTime> welcomed_;  // since when there is a connection
  std::string told_loss_;             // how it was lost last; empty when one has lasted since then
  bool awaits_return_ = false;        // the loss was told, and not yet that it is over
  std::optional<std::chrono::seconds> next_try_;
  std::optional<WallTime> restarting_since_;
  std::optional<Nickname> wished_;  // of the next hello
  int corrections_ = 0;             // hellos since the last welcome that were refused
  Credentials credentials_;
  bool resumed_ = false;        // this connection took a session up
  bool knows_session_ = false;  // all that was said in it, from its begin
  Epoch epoch_;
  std::uint16_t version_ = 0;  // of the protocol, as it is spoken with the server
  UserId me_;                  // 0 before the first welcome
  std::string help_end_;
  std::string nickname_;
  std::size_t max_text_bytes_ = kMaxTextBytes;
  std::size_t max_rooms_ = 0;
  std::size_t history_ = 0;       // how many messages to show of a room; 0: the server keeps none
  DurabilityClaim durability_{};  // of what the server acknowledges
  Reads reads_;
  std::vector<KnownPair> recalled_;  // of an earlier client, until they are in rooms_
  std::optional<Findings> findings_;
  bool lists_findings_ = false;
  std::optional<Excerpt> excerpt_;
  std::optional<UrlList> urls_;
  std::optional<LineSearch> line_search_;
  std::uint64_t server_ahead_ = 0;  // of this clock, in milliseconds; 2^64 of them are 0
  bool tells_typing_ = true;
  WallTime told_typing_;
  std::optional<std::string> away_;  // why the user is; nothing: they are not
  OpenRooms rooms_;
  std::optional<std::string> news_from_;          // where the user was when show_news() began
  std::uint64_t arrivals_ = 0;                    // of messages of others
  std::optional<std::vector<News>> closed_news_;  // of rooms that are closed; none: nobody takes it
  People people_;
  std::vector<std::string> listed_rooms_;  // at most kMostListed
  std::map<RequestId, Request> requests_;
  RequestId last_request_;
  std::uint64_t last_conversation_ = 0;
  RequestId last_hello_;
  Unsent unsent_;
  std::set<MessageId> under_way_;  // those of unsent_ that were handed to this connection
  std::optional<std::string> refused_nickname_;
  std::string offered_nickname_;
  std::vector<std::string> given_up_;
  std::optional<std::vector<KeptDraft>> kept_drafts_;
  std::deque<std::string> typed_ahead_;  // behind a /join that is not answered yet
  std::size_t not_sent_ = 0;
  std::deque<Failed> failed_;  // what was given up and not said again, the last one last
  std::vector<std::string> rooms_at_start_;
  bool remembers_rooms_ = true;
  std::vector<std::string> rooms_before_;  // of the last client, until they are entered
  Highlights highlights_;
  std::optional<Mention> mention_;
  std::vector<protocol::ClientMessage> outgoing_;
};

}  // namespace chat::client
