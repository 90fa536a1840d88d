#include "libchat/identity.hpp"

#include <sodium.h>

#include <algorithm>
#include <cassert>

namespace chat {
namespace {

constexpr std::size_t kNamedBytes = 16;  // slot, generation, user
using Signature = std::array<std::uint8_t, TokenMint::kTokenBytes - kNamedBytes>;

Signature signature_of(ByteView named, const TokenMint::Key& key) {
  Signature signature;
  const int failed = crypto_generichash(signature.data(), signature.size(), named.data(),
                                        named.size(), key.data(), key.size());
  assert(failed == 0);  // only sizes that do not exist fail
  return signature;
}

template <class T>
void put(Bytes& to, T value) {
  for (std::size_t shift = sizeof(T) * 8; shift > 0; shift -= 8)
    to.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
}

template <class T>
T take(ByteView& from) {
  T value = 0;
  for (const std::uint8_t byte : from.first(sizeof(T)))
    value = static_cast<T>(value << 8 | byte);
  from = from.subspan(sizeof(T));
  return value;
}

}  // namespace

SecretHash hash_of(const IdentitySecret& secret) {
  SecretHash hash;
  const int failed = crypto_generichash(hash.data(), hash.size(), secret.value.data(),
                                        secret.value.size(), nullptr, 0);
  assert(failed == 0);
  return hash;
}

bool is_secret_of(const IdentitySecret& secret, const SecretHash& hash) {
  const SecretHash claimed = hash_of(secret);
  return sodium_memcmp(claimed.data(), hash.data(), hash.size()) == 0;
}

Bytes TokenMint::token_of(SessionId session, UserId user) const {
  Bytes token;
  token.reserve(kTokenBytes);
  put(token, session.slot);
  put(token, session.generation);
  put(token, user.value);
  append(token, signature_of(token, key_));
  return token;
}

std::optional<TokenMint::Named> TokenMint::named_by(ByteView token) const {
  if (token.size() != kTokenBytes)
    return std::nullopt;
  ByteView named = token.first(kNamedBytes);
  const Signature expected = signature_of(named, key_);
  const ByteView claimed = token.subspan(kNamedBytes);
  if (sodium_memcmp(expected.data(), claimed.data(), expected.size()) != 0)
    return std::nullopt;
  const auto slot = take<std::uint32_t>(named);
  const auto generation = take<std::uint32_t>(named);
  return Named{{slot, generation}, UserId{take<std::uint64_t>(named)}};
}

}  // namespace chat
