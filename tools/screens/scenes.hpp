// The screens that the README shows, played with real programs.
#pragma once

#include <string>
#include <vector>

namespace chat::screens {

struct Screen {
  std::string name;  // of its file
  std::string text;  // its rows without blanks at the end, each with a line break
  std::string svg;
};

// Starts a server and clients of this build, and lets them talk. Times of day and the server's
// address are the same in every run. Throws std::runtime_error when something is not shown in time.
std::vector<Screen> play();

}  // namespace chat::screens
