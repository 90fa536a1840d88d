// "A session in bytes", the last section of PROTOCOL.md, is what client and server really send.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/libchat/hub_script.hpp"
#include "tests/libchat/message_name.hpp"
#include "tests/libchat/render.hpp"
#include "tests/libchat/source_file.hpp"

namespace chat::test {
namespace {

struct DumpedFrame {
  bool from_client;
  std::string name;  // what the document calls it
  Bytes bytes;
};

bool is_hex_byte(std::string_view text) {
  return text.size() >= 2 && std::isxdigit(text[0]) && std::isxdigit(text[1]) &&
         (text.size() == 2 || text[2] == ' ');
}

// The bytes at the front of an indented line, up to the first gap of two spaces.
void append_bytes_of(std::string_view line, Bytes& bytes) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  while (is_hex_byte(line)) {
    bytes.push_back(
        static_cast<std::uint8_t>(std::stoul(std::string(line.substr(0, 2)), nullptr, 16)));
    line.remove_prefix(std::min<std::size_t>(line.size(), 3));
  }
}

std::vector<DumpedFrame> dumped_session() {
  std::vector<DumpedFrame> frames;
  bool inside = false;
  for (const std::string& line : lines_of("libchat/PROTOCOL.md")) {
    if (line.starts_with("## "))
      inside = line == "## A session in bytes";
    if (!inside)
      continue;
    if (line.starts_with("> ") || line.starts_with("< "))
      frames.push_back({line[0] == '>', line.substr(2, line.find(':') - 2), {}});
    else if (line.starts_with("  ") && !frames.empty())
      append_bytes_of(line, frames.back().bytes);
  }
  return frames;
}

// Lisa's side of the conversation. What the hub does not answer itself, a reactor does.
class Session {
 public:
  Session() : script_({.server_version = "0.1.0", .epoch = Epoch{1}}, DetachedLimits{}) {
    script_.connect("Bob");
    script_.send("Bob", protocol::Hello{.nickname = "Bob"});
    script_.run();
    script_.connect("Lisa");
  }

  // What the server sends after this.
  Bytes answer_to(const protocol::ClientMessage& message) {
    return std::visit([&](const auto& m) { return answer(m); }, message);
  }

 private:
  Bytes answer(const protocol::Ping& ping) {
    return protocol::encode(protocol::Pong{ping.request});
  }
  Bytes answer(const protocol::Pong&) { return {}; }
  Bytes answer(const protocol::Goodbye&) {
    return protocol::encode(protocol::Goodbye{RequestId{}, CloseReason::quit,
                                              std::string(describe(CloseReason::quit))});
  }
  template <class What>
  Bytes answer(const What& what) {
    script_.send("Lisa", what);
    return script_.bytes("Lisa");
  }

  HubScript script_;
};

TEST_CASE("each frame of the documented session is whole, and of the type that is said") {
  const auto frames = dumped_session();
  CHECK(frames.size() == 16);
  for (const auto& [from_client, name, bytes] : frames) {
    CAPTURE(name);
    ByteView rest = bytes;
    const auto frame = take_frame(rest);
    REQUIRE((frame && *frame));
    CHECK(rest.empty());
    CHECK(name_of(static_cast<MessageType>((*frame)->type)) == name);
  }
}

TEST_CASE("the documented session is what the encoder gives and the hub answers") {
  Session session;
  Bytes owed;
  for (const auto& [from_client, name, bytes] : dumped_session()) {
    CAPTURE(name);
    if (from_client) {
      CHECK(in_hex(owed) == "");
      ByteView rest = bytes;
      const auto message = protocol::decode_client_message(**take_frame(rest));
      REQUIRE(message);
      CHECK(in_hex(std::visit([](const auto& m) { return protocol::encode(m); }, *message)) ==
            in_hex(bytes));
      owed = session.answer_to(*message);
    } else {
      REQUIRE(owed.size() >= bytes.size());
      const auto end = owed.begin() + static_cast<std::ptrdiff_t>(bytes.size());
      CHECK(in_hex(Bytes(owed.begin(), end)) == in_hex(bytes));
      owed.erase(owed.begin(), end);
    }
  }
  CHECK(owed.empty());
}

}  // namespace
}  // namespace chat::test
