// How a field of a message stands in a frame's body (PROTOCOL.md, "Fields"), and encoder and
// decoder of any struct that lists its fields.
//
// A message or record declares
//     static constexpr auto fields() { return std::tuple{field("room", &Say::room), ...}; }
// and everything else follows from that list.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"
#include "libchat/utf8.hpp"

namespace chat::wire {

// `limit` bounds a string in bytes and a list in elements.
template <class Owner, class Value>
struct Field {
  const char* name;
  Value Owner::* member;
  std::size_t limit;
};

template <class Owner, class Value>
constexpr Field<Owner, Value> field(const char* name, Value Owner::* member,
                                    std::size_t limit = 0xFFFF) {
  return {name, member, limit};
}

template <class T>
concept Record = requires { T::fields(); };

// An enum on the wire says by is_known(value) which of its values exist.
template <class T>
concept WireEnum = std::is_enum_v<T> && requires(T value) {
  { is_known(value) } -> std::same_as<bool>;
};

enum class DecodeError {
  truncated,     // the body ends inside a field
  too_long,      // a string or list above its field's limit
  invalid_utf8,  // a string that is not UTF-8
  bad_value,     // an enum or bool with a value that does not exist
};

// --- encoding -----------------------------------------------------------------------------------

template <std::unsigned_integral T>
void write(Bytes& out, T value) {
  for (std::size_t shift = sizeof(T) * 8; shift > 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
}

inline void write(Bytes& out, bool value) {
  out.push_back(value ? 1 : 0);
}

template <WireEnum T>
void write(Bytes& out, T value) {
  write(out, static_cast<std::underlying_type_t<T>>(value));
}

template <class Tag, class Rep>
void write(Bytes& out, Id<Tag, Rep> id) {
  write(out, id.value);
}

inline void write(Bytes& out, Sequence sequence) {
  write(out, sequence.value);
}
inline void write(Bytes& out, WallTime time) {
  write(out, static_cast<std::uint64_t>(time.milliseconds));
}
inline void write(Bytes& out, const MessageId& id) {
  append(out, id);
}
template <class Tag>
void write(Bytes& out, const Id128<Tag>& id) {
  append(out, id.value);
}

// Precondition: at most 65,535 bytes.
inline void write(Bytes& out, const std::string& text) {
  write(out, static_cast<std::uint16_t>(text.size()));
  append(out, as_bytes(text));
}

template <Record T>
void write(Bytes& out, const T& record);

// Precondition: at most 65,535 elements.
template <class T>
void write(Bytes& out, const std::vector<T>& list) {
  write(out, static_cast<std::uint16_t>(list.size()));
  for (const T& element : list)
    write(out, element);
}

template <Record T>
void write(Bytes& out, const T& record) {
  std::apply([&](const auto&... f) { (write(out, record.*f.member), ...); }, T::fields());
}

// --- decoding -----------------------------------------------------------------------------------

// Reads fields off the front of a body. The first failure sticks: later reads do nothing.
class Reader {
 public:
  explicit Reader(ByteView body) : rest_(body) {}

  bool failed() const { return failed_; }
  DecodeError error() const { return error_; }

  template <std::unsigned_integral T>
  void read(T& value, std::size_t) {
    const ByteView bytes = take(sizeof(T));
    value = 0;
    for (const std::uint8_t byte : bytes)
      value = static_cast<T>(value << 8 | byte);
  }

  void read(bool& value, std::size_t limit) {
    std::uint8_t byte = 0;
    read(byte, limit);
    value = byte == 1;
    if (byte > 1)
      fail(DecodeError::bad_value);
  }

  template <WireEnum T>
  void read(T& value, std::size_t limit) {
    std::underlying_type_t<T> number{};
    read(number, limit);
    if (failed_)
      return;
    value = static_cast<T>(number);
    if (!is_known(value))
      fail(DecodeError::bad_value);
  }

  template <class Tag, class Rep>
  void read(Id<Tag, Rep>& id, std::size_t limit) {
    read(id.value, limit);
  }

  void read(Sequence& sequence, std::size_t limit) { read(sequence.value, limit); }

  void read(WallTime& time, std::size_t limit) {
    std::uint64_t value = 0;
    read(value, limit);
    time.milliseconds = static_cast<std::int64_t>(value);
  }

  void read(MessageId& id, std::size_t) {
    const ByteView bytes = take(id.size());
    std::copy(bytes.begin(), bytes.end(), id.begin());
  }
  template <class Tag>
  void read(Id128<Tag>& id, std::size_t limit) {
    read(id.value, limit);
  }

  void read(std::string& text, std::size_t limit) {
    std::uint16_t size = 0;
    read(size, 0);
    const ByteView bytes = take(size);
    if (failed_)
      return;
    if (size > limit)
      return fail(DecodeError::too_long);
    if (!is_valid_utf8(as_text(bytes)))
      return fail(DecodeError::invalid_utf8);
    text = as_text(bytes);
  }

  template <class T>
  void read(std::vector<T>& list, std::size_t limit) {
    std::uint16_t count = 0;
    read(count, 0);
    if (count > limit)
      return fail(DecodeError::too_long);
    list.clear();
    // Grows with what is there, not with what is claimed.
    for (std::size_t i = 0; i < count && !failed_; ++i)
      read(list.emplace_back(), limit);
  }

  template <Record T>
  void read(T& record, std::size_t) {
    std::apply([&](const auto&... f) { (read(record.*f.member, f.limit), ...); }, T::fields());
  }

  // The same, but fields that a later version appended may be missing, and stay as they are.
  template <Record T>
  void read_growing(T& record) {
    std::size_t count = 0;
    const auto read_next = [&](const auto& f) {
      if (count++ < T::kFieldsOfVersion1 || !rest_.empty())
        read(record.*f.member, f.limit);
    };
    std::apply([&](const auto&... f) { (read_next(f), ...); }, T::fields());
  }

 private:
  ByteView take(std::size_t bytes) {
    if (failed_ || rest_.size() < bytes) {
      fail(DecodeError::truncated);
      return {};
    }
    const ByteView taken = rest_.first(bytes);
    rest_ = rest_.subspan(bytes);
    return taken;
  }

  void fail(DecodeError error) {
    if (!failed_)
      error_ = error;
    failed_ = true;
  }

  ByteView rest_;
  DecodeError error_{};
  bool failed_ = false;
};

// The record at the front of a body. Bytes behind its last field are of a later version and are
// ignored.
template <Record T>
std::expected<T, DecodeError> decode(ByteView body) {
  T record;
  Reader reader(body);
  if constexpr (requires { T::kFieldsOfVersion1; })
    reader.read_growing(record);
  else
    reader.read(record, 0);
  if (reader.failed())
    return std::unexpected(reader.error());
  return record;
}

}  // namespace chat::wire
