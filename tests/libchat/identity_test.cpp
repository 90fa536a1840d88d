#include <doctest/doctest.h>

#include "libchat/identity.hpp"

namespace chat {
namespace {

constexpr SessionId kSession{3, 4};
constexpr UserId kUser{5};

TEST_CASE("a secret is known again by its hash, which does not show it") {
  const IdentitySecret secret{{1, 2, 3}};
  const SecretHash hash = hash_of(secret);
  CHECK(is_secret_of(secret, hash));
  CHECK(!is_secret_of(IdentitySecret{{1, 2, 4}}, hash));
  CHECK(hash_of(secret) == hash);
}

TEST_CASE("a token names its session to the one who made it") {
  const TokenMint mint({1});
  const Bytes token = mint.token_of(kSession, kUser);
  CHECK(token.size() == TokenMint::kTokenBytes);
  const auto named = mint.named_by(token);
  REQUIRE(named.has_value());
  CHECK(named->session == kSession);
  CHECK(named->user == kUser);
  CHECK(!TokenMint({2}).named_by(token).has_value());
}

TEST_CASE("a token that was changed anywhere, or has another length, names nobody") {
  const TokenMint mint({1});
  const Bytes token = mint.token_of(kSession, kUser);
  for (std::size_t bit = 0; bit < token.size() * 8; ++bit) {
    Bytes changed = token;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    CHECK(!mint.named_by(changed).has_value());
  }
  for (std::size_t size = 0; size < token.size(); ++size)
    CHECK(!mint.named_by(ByteView(token).first(size)).has_value());
  Bytes longer = token;
  longer.push_back(0);
  CHECK(!mint.named_by(longer).has_value());
}

}  // namespace
}  // namespace chat
