// How fake clients speak with a server: the protocol's part of a run, without sockets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bench/load/client_index.hpp"
#include "bench/load/clock.hpp"
#include "bench/protocols/protocol.hpp"
#include "libchat/bytes.hpp"
#include "libchat/frame.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

// Told of the messages that come to clients in their room. Called for every single delivery.
class MessageEvents {
 public:
  // The text lives as long as the call. The sequence says nothing where the protocol has no
  // numbers.
  virtual void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) = 0;
  // The message `number` of this client has been published. Only where the protocol has numbers.
  virtual void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) = 0;

  // The rest is told by edgechat's dialect alone.

  // A message of a pair, with its number there.
  virtual void whispered(ClientIndex, Sequence, std::string_view /*text*/, Instant) {}
  // A frame about who is there: welcome, room_opened, member_page, joined, left or member_count.
  virtual void presence(ClientIndex, const Frame&, Instant) {}
  // An answer to a search, with so many messages.
  virtual void found(ClientIndex, std::size_t /*hits*/, Instant) {}
  // The server has dropped messages of the room that this client had not read. False when that is
  // trouble.
  virtual bool missed(ClientIndex, Sequence /*from*/, Sequence /*to*/) { return false; }

 protected:
  ~MessageEvents() = default;
};

// Told of all else.
class DialectEvents {
 public:
  // Bytes to be sent; they live as long as the call.
  virtual void send(ClientIndex client, ByteView bytes) = 0;
  // The greeting was answered: the client has been let in.
  virtual void welcomed(ClientIndex client) = 0;
  // The client is in the room that it entered, and nowhere else. The room's next message will have
  // the number `next`, where the protocol has numbers; else 1.
  virtual void settled(ClientIndex client, Sequence next) = 0;
  // The goodbye was answered. Only where there is a word for it.
  virtual void parted(ClientIndex client) = 0;
  // The server did or said what it should not; a sentence, as it came from the server.
  virtual void trouble(std::string sentence) = 0;

 protected:
  ~DialectEvents() = default;
};

// One thread. Events are told in any call, also before it returns.
class Dialect {
 public:
  Dialect() = default;
  Dialect(const Dialect&) = delete;
  Dialect& operator=(const Dialect&) = delete;
  virtual ~Dialect() = default;

  // Says hello with a name of the client's own; welcomed() follows.
  virtual void greet(ClientIndex client) = 0;
  // Enters a room, which is made for it: lower-case letters, digits and '-'. settled() follows.
  // Precondition: was welcomed, and entered no other.
  virtual void enter(ClientIndex client, const std::string& room) = 0;
  // The message `number` (from 0, ascending) of the client to its room. Precondition: settled.
  virtual void say(ClientIndex client, std::uint32_t number, std::string_view text) = 0;
  // The same to one other client alone. Precondition: the protocol is edgechat's.
  virtual void whisper(ClientIndex from, ClientIndex to, std::uint32_t number,
                       std::string_view text);
  // Asks for the last messages with this word, in all that the client may read; found() follows.
  // Precondition: settled, and the protocol is edgechat's.
  virtual void search(ClientIndex client, std::string_view word);
  // Says goodbye, where the protocol has a word for it; parted() follows.
  virtual void part(ClientIndex client) = 0;

  // The client's connection has been reset: nothing more goes out or comes in until greet().
  virtual void lose(ClientIndex /*client*/) {}

  // Understands what is complete in the bytes that a client received; gives how many of them that
  // was. What is left is less than kMaxIncomplete: more is trouble, and given up.
  virtual std::size_t take(ClientIndex client, ByteView bytes, Instant at) = 0;
};

// No message and no answer that is waited for is as large.
inline constexpr std::size_t kMaxIncomplete = 64 * 1024;

// For clients 0 to clients - 1, whose names begin with `names` where names may be that long. Both
// kinds of events outlive it.
std::unique_ptr<Dialect> make_dialect(Protocol protocol, const std::string& names,
                                      std::uint32_t clients, MessageEvents& messages,
                                      DialectEvents& others);

}  // namespace chat::bench
