#include "bench/protocols/posted_view.hpp"

#include <doctest/doctest.h>

#include "libchat/protocol.hpp"

using namespace chat;

namespace {

Bytes body_of(const protocol::Posted& message) {
  Bytes body;
  wire::write(body, message);
  return body;
}

protocol::Posted some_message() {
  return {RoomId{0x01020304},
          Sequence{0x1122334455667788},
          WallTime{-1},
          UserId{7},
          MessageKind::action,
          "Lisa",
          "hello"};
}

}  // namespace

TEST_CASE("the view of a posted frame shows what the encoder wrote") {
  const auto message = some_message();
  const Bytes body = body_of(message);
  const auto view = bench::view_posted(body);
  REQUIRE(view.has_value());
  CHECK(view->room == message.room);
  CHECK(view->sequence == message.sequence);
  CHECK(view->text == message.text);
}

TEST_CASE("a posted frame that ends inside a field has no view") {
  const Bytes body = body_of(some_message());
  for (std::size_t bytes = 0; bytes < body.size(); ++bytes)
    CHECK_FALSE(bench::view_posted(ByteView(body).first(bytes)).has_value());
}

TEST_CASE("bytes behind the fields of a posted frame are ignored") {
  Bytes body = body_of(some_message());
  body.push_back(0xFF);
  const auto view = bench::view_posted(body);
  REQUIRE(view.has_value());
  CHECK(view->text == "hello");
}
