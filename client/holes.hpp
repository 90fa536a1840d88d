// Where messages are missing among those that were read.
#pragma once

#include <vector>

#include "client/line.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// Messages that the server keeps and cannot read are left out of its pages. Puts a line that counts
// them where they would stand, under the number of the first of them. `lines` are messages by
// ascending numbers; `after` and `before` are messages above and below them, and 0 where it is not
// known that there is one.
void tell_of_holes(std::vector<Line>& lines, Sequence after, Sequence before);

}  // namespace chat::client
