#include "bench/load/message_text.hpp"

#include <doctest/doctest.h>

using namespace chat::bench;

TEST_CASE("a text carries its mark and has the wanted size") {
  const MessageMark mark{kMaxSenders - 1, 0xFFFFFFFF, Instant(Duration(1'234'567'890'123))};
  for (const std::size_t bytes : {kMarkBytes, std::size_t{64}, std::size_t{4096}}) {
    const std::string text = compose_text(mark, bytes);
    CHECK(text.size() == bytes);
    CHECK(read_mark(text) == mark);
    CHECK(text.substr(kMarkBytes) == padding_of(bytes));
  }
}

TEST_CASE("a text is printable ASCII") {
  for (const char c : compose_text({1, 2, Instant(Duration(3))}, 64))
    CHECK((c >= ' ' && c <= '~'));
}

TEST_CASE("what people say is no mark") {
  CHECK_FALSE(read_mark("").has_value());
  CHECK_FALSE(read_mark("hello").has_value());
  CHECK_FALSE(read_mark("hello, how are you all this fine morning?").has_value());
  std::string text = compose_text({1, 2, Instant(Duration(3))}, 64);
  text[3] = 'x';
  CHECK_FALSE(read_mark(text).has_value());
}
