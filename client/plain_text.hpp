// How the chat reads where there are only lines.
#pragma once

#include <string>
#include <string_view>

#include "client/line.hpp"
#include "libchat/protocol.hpp"

namespace chat::client {

// Nothing in it controls a terminal; see glyph.hpp. Its own line breaks are followed by blanks, so
// that nobody can say what looks as if another one had. Needs use_utf8_locale().
std::string plain_text(std::string_view text);

// "Lisa: hello", "12:03 [garden] Lisa: hello". An empty room is not told.
std::string plain_line(const Line& line, std::string_view room, bool with_time);

// "2026-11-29 12:03 garden Lisa: hello"
std::string plain_hit(const protocol::SearchHit& hit, std::string_view place);

}  // namespace chat::client
