// The golden vectors: bytes that encoder and decoder must agree with for ever.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "libchat/protocol.hpp"
#include "tests/libchat/examples.hpp"
#include "tests/libchat/message_name.hpp"
#include "tests/libchat/render.hpp"
#include "tests/libchat/source_file.hpp"

namespace chat::protocol {
namespace {

Bytes from_hex(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

// "client hello" to bytes. Where a later version has appended fields, "client hello@2" has them.
std::map<std::string, Bytes> golden_vectors() {
  std::map<std::string, Bytes> vectors;
  for (const std::string& line : test::lines_of("tests/libchat/golden_vectors.txt")) {
    if (line.empty() || line.starts_with('#'))
      continue;
    std::istringstream words(line);
    std::string sender, name, hex;
    words >> sender >> name >> hex;
    vectors[sender + " " + name] = from_hex(hex);
  }
  return vectors;
}

constexpr std::array kLaterVersions{"@2", "@3", "@4"};

// What was left out is empty, and all else is as it was.
template <class Decode>
void check_earlier_version(const Bytes& golden, Decode decode) {
  ByteView rest = golden;
  const auto frame = take_frame(rest);
  REQUIRE(frame);
  REQUIRE(*frame);
  const auto decoded = decode(**frame);
  REQUIRE(decoded);
  const Bytes again = std::visit([](const auto& m) { return encode(m); }, *decoded);
  REQUIRE(again.size() > golden.size());
  CHECK(std::equal(golden.begin() + kLengthBytes, golden.end(), again.begin() + kLengthBytes));
  CHECK(std::all_of(again.begin() + static_cast<std::ptrdiff_t>(golden.size()), again.end(),
                    [](std::uint8_t byte) { return byte == 0; }));
}

template <class Variant, class Decode>
void check_against_golden(const std::string& sender, const std::vector<Variant>& examples,
                          Decode decode) {
  auto vectors = golden_vectors();
  REQUIRE(examples.size() == std::variant_size_v<Variant>);
  for (const Variant& message : examples) {
    const auto type = std::visit([](const auto& m) { return m.type; }, message);
    const std::string name = sender + " " + std::string(test::name_of(type));
    std::vector<Bytes> versions{vectors[name]};
    for (const std::string version : kLaterVersions)
      if (vectors.contains(name + version))
        versions.push_back(vectors[name + version]);
    const Bytes golden = versions.back();
    versions.pop_back();
    CAPTURE(name);
    CHECK(test::in_hex(std::visit([](const auto& m) { return encode(m); }, message)) ==
          test::in_hex(golden));
    ByteView rest = golden;
    const auto frame = take_frame(rest);
    REQUIRE(frame);
    REQUIRE(*frame);
    const auto decoded = decode(**frame);
    REQUIRE(decoded);
    CHECK(test::render(*decoded) == test::render(message));
    for (const Bytes& earlier : versions)
      check_earlier_version(earlier, decode);
  }
}

TEST_CASE("the messages of a client are their golden vectors") {
  check_against_golden("client", test::client_examples(), decode_client_message);
}

TEST_CASE("the messages of the server are their golden vectors") {
  check_against_golden("server", test::server_examples(), decode_server_message);
}

TEST_CASE("there is no golden vector without a message") {
  std::size_t grown = 0;
  const auto vectors = golden_vectors();
  for (const auto& [name, bytes] : vectors)
    if (const auto at = name.find('@'); at != name.npos) {
      ++grown;
      CHECK(vectors.contains(name.substr(0, at)));
      CHECK(std::ranges::find(kLaterVersions, name.substr(at)) != kLaterVersions.end());
    }
  CHECK(vectors.size() - grown ==
        std::variant_size_v<ClientMessage> + std::variant_size_v<ServerMessage>);
}

}  // namespace
}  // namespace chat::protocol
