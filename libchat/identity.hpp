// What proves who somebody is: the secret of an identity, and the token by which a session is taken
// up again.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "libchat/bytes.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"

namespace chat {

// What is kept of a secret: BLAKE2b (RFC 7693). A secret is random, so it needs no salt and no
// slow function against guessing.
using SecretHash = std::array<std::uint8_t, 32>;
SecretHash hash_of(const IdentitySecret& secret);
// Takes as long whatever is wrong.
bool is_secret_of(const IdentitySecret& secret, const SecretHash& hash);

// Makes and checks tokens without keeping them: a token names its session and is signed (keyed
// BLAKE2b). It is good for as long as the session lives. A value; any thread.
class TokenMint {
 public:
  using Key = std::array<std::uint8_t, 32>;
  static constexpr std::size_t kTokenBytes = 32;

  explicit TokenMint(const Key& key) : key_(key) {}

  Bytes token_of(SessionId session, UserId user) const;

  struct Named {
    SessionId session;
    UserId user;
  };
  // Whom a claimed token names; nothing when it is not one of ours. That the session is still there
  // is for the caller to see.
  std::optional<Named> named_by(ByteView token) const;

 private:
  Key key_;
};

}  // namespace chat
