// A `posted` frame seen without copying: the load tool reads millions of them a second.
#pragma once

#include <optional>
#include <string_view>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

struct PostedView {
  RoomId room;
  Sequence sequence;
  std::string_view text;  // lives as long as the frame's body
};

// Nothing when the body ends inside a field. Neither kind nor UTF-8 is checked.
std::optional<PostedView> view_posted(ByteView body);

}  // namespace chat::bench
