// A message that should not be overlooked.
#pragma once

#include <string>

namespace chat::client {

struct Mention {
  std::string room;
  std::string from;
  std::string text;
};

}  // namespace chat::client
