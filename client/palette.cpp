#include "client/palette.hpp"

#include <array>

namespace chat::client {
namespace {

// By their numbers in xterm's 256 colours, whose values all terminals share, unlike the first 16.
constexpr std::array<short, 12> kManyNames = {166, 130, 100, 64,  28,  30,
                                              32,  63,  134, 164, 161, 167};

constexpr Palette kMany{.event = 31,
                        .notice = 28,
                        .whisper = 133,
                        .error = 160,
                        .alert = 166,
                        .mention = 163,
                        .names = kManyNames};

// Red to cyan (curses: COLOR_RED and following). How they look is the user's choice.
constexpr std::array<short, 6> kFewNames = {1, 2, 3, 4, 5, 6};

constexpr Palette kFew{.event = 6,
                       .notice = 2,
                       .whisper = 5,
                       .error = 1,
                       .alert = 3,
                       .mention = 5,
                       .names = kFewNames};

}  // namespace

const Palette* palette_for(int colours) {
  if (colours >= 256)
    return &kMany;
  return colours >= 8 ? &kFew : nullptr;
}

}  // namespace chat::client
