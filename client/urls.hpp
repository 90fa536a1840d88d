// Addresses of web pages in a text.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chat::client {

// A part of a text, in bytes.
struct TextSpan {
  std::size_t begin;
  std::size_t end;  // behind the last byte

  bool contains(std::size_t byte) const { return byte >= begin && byte < end; }
  bool operator==(const TextSpan&) const = default;
};

// The one in which the byte is; null when it is in none. They begin, and end, one behind the other.
const TextSpan* span_with(std::span<const TextSpan> spans, std::size_t byte);

// Every http and https address in the text, in order, also one that begins with "www." instead.
// What ends a sentence or a bracket around the address does not belong to it: "(see
// https://x.y/z)." has "https://x.y/z". No control character is in one.
std::vector<TextSpan> urls_in(std::string_view text);

// The whole address of such a page: "http://www.x.y" for "www.x.y".
std::string page_at(std::string_view url);

}  // namespace chat::client
