#include "libchat/protocol.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "libchat/name.hpp"
#include "tests/libchat/examples.hpp"
#include "tests/libchat/render.hpp"

namespace chat::protocol {
namespace {

using test::render;

Frame frame_in(const Bytes& bytes) {
  ByteView rest = bytes;
  const auto frame = take_frame(rest);
  REQUIRE(frame);
  REQUIRE(*frame);
  REQUIRE(rest.empty());
  return **frame;
}

// The bytes in memory of just their size, so that a sanitizer sees a read beyond them.
std::expected<ClientMessage, Fault> decode(std::type_identity<ClientMessage>, std::uint8_t type,
                                           const Bytes& body) {
  return decode_client_message({type, body});
}
std::expected<ServerMessage, Fault> decode(std::type_identity<ServerMessage>, std::uint8_t type,
                                           const Bytes& body) {
  return decode_server_message({type, body});
}

Bytes bytes_of(const auto& message) {
  return std::visit([](const auto& m) { return encode(m); }, message);
}

struct Parts {
  std::uint8_t type;
  Bytes body;
};

Parts parts_of(const auto& message) {
  const Bytes bytes = bytes_of(message);
  const Frame frame = frame_in(bytes);
  return {frame.type, Bytes(frame.body.begin(), frame.body.end())};
}

template <class Variant>
void check_round_trip(const std::vector<Variant>& examples) {
  for (const Variant& message : examples) {
    const auto [type, body] = parts_of(message);
    const auto back = decode(std::type_identity<Variant>{}, type, body);
    CAPTURE(render(message));
    REQUIRE(back);
    CHECK(render(*back) == render(message));
  }
}

// How many fields at the end of a message may be left out.
template <class Message>
std::size_t fields_of_later_versions(const Message&) {
  if constexpr (requires { Message::kFieldsOfVersion1; })
    return std::tuple_size_v<decltype(Message::fields())> - Message::kFieldsOfVersion1;
  else
    return 0;
}

template <class Variant>
void check_truncated(const std::vector<Variant>& examples) {
  for (const Variant& message : examples) {
    const auto [type, body] = parts_of(message);
    std::size_t whole = 0;
    for (std::size_t size = 0; size < body.size(); ++size) {
      const Bytes cut(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size));
      const auto back = decode(std::type_identity<Variant>{}, type, cut);
      CAPTURE(render(message));
      CAPTURE(size);
      if (back) {
        ++whole;
        const Bytes again = parts_of(*back).body;
        CHECK(again.size() > size);
        CHECK(std::equal(cut.begin(), cut.end(), again.begin()));
        continue;
      }
      CHECK(back.error() == Fault::truncated);
    }
    CHECK(whole == std::visit([](const auto& m) { return fields_of_later_versions(m); }, message));
  }
}

template <class Variant>
void check_longer(const std::vector<Variant>& examples) {
  for (const Variant& message : examples) {
    auto [type, body] = parts_of(message);
    append(body, Bytes{0xFF, 0x00, 0xC0});
    const auto back = decode(std::type_identity<Variant>{}, type, body);
    REQUIRE(back);
    CHECK(render(*back) == render(message));
  }
}

TEST_CASE("every message comes back as it was") {
  check_round_trip(test::client_examples());
  check_round_trip(test::server_examples());
}

TEST_CASE(
    "a message cut off at any byte is truncated, except before a field that version 1 did not "
    "have") {
  check_truncated(test::client_examples());
  check_truncated(test::server_examples());
}

TEST_CASE("bytes behind the last known field are ignored") {
  check_longer(test::client_examples());
  check_longer(test::server_examples());
}

TEST_CASE("a type that is not known is its own fault, in each direction") {
  for (const std::uint8_t type :
       std::initializer_list<std::uint8_t>{0x00, 0x0E, 0x40, 0x80, 0xC0, 0xFF}) {
    const Bytes body(64, 0);
    CHECK(decode_client_message({type, body}).error() == Fault::unknown_type);
    CHECK(decode_server_message({type, body}).error() == Fault::unknown_type);
  }
  const Bytes body(64, 0);
  CHECK(decode_client_message({static_cast<std::uint8_t>(MessageType::posted), body}).error() ==
        Fault::unknown_type);
  CHECK(decode_server_message({static_cast<std::uint8_t>(MessageType::say), body}).error() ==
        Fault::unknown_type);
}

// The fault of a message whose body was changed at one place.
template <class Message>
Fault fault_with(const Message& message, std::size_t offset_from_end, std::uint8_t value) {
  auto bytes = encode(message);
  bytes[bytes.size() - offset_from_end] = value;
  const auto back = wire::decode<Message>(frame_in(bytes).body);
  REQUIRE(!back);
  const auto whole = decode_server_message(frame_in(bytes));
  const auto asked = decode_client_message(frame_in(bytes));
  return !whole && whole.error() != Fault::unknown_type ? whole.error() : asked.error();
}

TEST_CASE("enum values that do not exist are bad values") {
  for (const std::uint8_t value : std::initializer_list<std::uint8_t>{0, 3, 255})
    CHECK(fault_with(Say{.text = "x"}, 4, value) == Fault::bad_value);
  CHECK(fault_with(Goodbye{}, 3, 0) == Fault::bad_value);
  CHECK(fault_with(Goodbye{}, 3, 13) == Fault::bad_value);
  CHECK(fault_with(Goodbye{}, 3, 103) == Fault::bad_value);
  CHECK(fault_with(Error{.code = ErrorCode::bad_value}, 3, 0) == Fault::bad_value);
  CHECK(fault_with(Error{.code = ErrorCode::bad_value}, 3, 27) == Fault::bad_value);
  CHECK(fault_with(Left{.people = {{UserId{1}, "a", LeaveReason::left}}}, 1, 4) ==
        Fault::bad_value);
  CHECK(fault_with(Notice{.code = NoticeCode::disk_full}, 3, 0) == Fault::bad_value);
  CHECK(fault_with(Notice{.code = NoticeCode::disk_full}, 3, 3) == Fault::bad_value);
  CHECK(fault_with(Welcome{}, 1, 4) == Fault::bad_value);
}

TEST_CASE("a bool is 0 or 1") {
  CHECK(fault_with(RoomOpened{}, 9, 2) == Fault::bad_value);
  CHECK(fault_with(RoomOpened{}, 10, 2) == Fault::bad_value);
  CHECK(fault_with(MemberPage{}, 7, 255) == Fault::bad_value);
}

TEST_CASE("a string that is not UTF-8 is refused") {
  CHECK(fault_with(Hello{.nickname = "abc"}, 45, 0xC3) == Fault::invalid_utf8);
  CHECK(fault_with(Say{.text = "abc"}, 2, 0xFF) == Fault::invalid_utf8);
  CHECK(fault_with(Joined{.people = {{UserId{1}, "abc"}}}, 3, 0x80) == Fault::invalid_utf8);
}

template <class Message>
std::expected<ClientMessage, Fault> decoded(const Message& message) {
  const Bytes bytes = encode(message);
  return decode_client_message(frame_in(bytes));
}

TEST_CASE("a string above its limit is too long, one at the limit is not") {
  CHECK(decoded(Hello{.nickname = std::string(1024, 'a')}));
  CHECK(decoded(Hello{.nickname = std::string(1025, 'a')}).error() == Fault::too_long);
  CHECK(decoded(Join{.name = std::string(1025, 'a')}).error() == Fault::too_long);
  CHECK(decoded(Goodbye{.sentence = std::string(512, 'a')}));
  CHECK(decoded(Goodbye{.sentence = std::string(513, 'a')}).error() == Fault::too_long);
  CHECK(decoded(Whisper{.nickname = std::string(1025, 'a')}).error() == Fault::too_long);
}

TEST_CASE("a text of any length that fits a frame is taken, so that it can be refused in words") {
  CHECK(decoded(Say{.text = std::string(16'000, 'a')}));
}

TEST_CASE("the number of a request is known though the rest cannot be decoded") {
  const Bytes whole = encode(Say{.request = RequestId{77}, .text = "x"});
  CHECK(request_of(frame_in(whole)) == RequestId{77});
  const Bytes unknown{0, 0, 0, 77, 1, 2};
  CHECK(request_of({0x3F, unknown}) == RequestId{77});
  const Bytes shorter{0, 0, 77};
  CHECK(request_of({0x3F, shorter}) == RequestId{});
}

TEST_CASE("whose message a frame is stands where it is looked for") {
  const Bytes posted = encode(Posted{.room = RoomId{1},
                                     .sequence = Sequence{2},
                                     .time = WallTime{3},
                                     .user = UserId{0x0102030405060708},
                                     .nickname = "lisa",
                                     .text = "hi"});
  CHECK(author_of(frame_in(posted)) == UserId{0x0102030405060708});
  CHECK(author_of(frame_in(encode(MemberCount{RoomId{1}, 7}))) == UserId{});
  CHECK(author_of({static_cast<std::uint8_t>(MessageType::posted), ByteView()}) == UserId{});
}

TEST_CASE("a posted message costs 38 bytes beside name and text") {
  CHECK(encode(Posted{.nickname = "Lisa", .text = "hello"}).size() == 38 + 4 + 5);
}

TEST_CASE("the longest message with the longest name fits a frame") {
  const Posted longest{.nickname = std::string(kMaxNameBytes, 'n'),
                       .text = std::string(kMaxTextBytes, 't')};
  CHECK(encode(longest).size() <= kMaxFrameBytes);
}

TEST_CASE("the longest message with the longest name can be read again") {
  const History history{.messages = {{.nickname = std::string(kMaxNameBytes, 'n'),
                                      .text = std::string(kMaxTextBytes, 't')}}};
  CHECK(encode(history).size() <= kMaxFrameBytes);
}

TEST_CASE("a list that claims more than is there takes memory for what is there") {
  Bytes body = encode(Joined{.people = {{UserId{1}, "Lisa"}, {UserId{2}, "Bob"}}});
  body.erase(body.begin(), body.begin() + kFrameHeaderBytes);
  body[12] = 0xFF;
  body[13] = 0xFF;
  Joined joined;
  wire::Reader reader(body);
  reader.read(joined, 0);
  REQUIRE(reader.failed());
  CHECK(reader.error() == wire::DecodeError::truncated);
  CHECK(joined.people.size() == 3);
  CHECK(joined.people.capacity() < 16);
}

TEST_CASE("a string that claims more than is there takes no memory") {
  const Bytes body{0xFF, 0xFF, 'a', 'b'};
  std::string text;
  wire::Reader reader(body);
  reader.read(text, 0xFFFF);
  REQUIRE(reader.failed());
  CHECK(text.capacity() == std::string().capacity());
}

TEST_CASE("the first failure of a reader sticks") {
  const Bytes body{2, 1, 1, 1};
  wire::Reader reader(body);
  bool flag = true;
  std::uint16_t number = 7;
  reader.read(flag, 0);
  reader.read(number, 0);
  CHECK(reader.error() == wire::DecodeError::bad_value);
  CHECK(number == 0);
}

}  // namespace
}  // namespace chat::protocol
