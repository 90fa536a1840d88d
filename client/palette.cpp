#include "client/palette.hpp"

#include <utility>

namespace chat::client {
namespace {

// By their numbers in xterm's 256 colours, whose values all terminals share, unlike the first 16.
Palette many() {
  return {.event = 31,
          .notice = 28,
          .own = -1,
          .whisper = 133,
          .error = 160,
          .alert = 166,
          .mention = 163,
          .names = {166, 130, 100, 64, 28, 30, 32, 63, 134, 164, 161, 167}};
}

// Red to cyan (curses: COLOR_RED and following). How they look is the user's choice.
Palette few() {
  return {.event = 6,
          .notice = 2,
          .own = -1,
          .whisper = 5,
          .error = 1,
          .alert = 3,
          .mention = 5,
          .names = {1, 2, 3, 4, 5, 6}};
}

// Those that the terminal has.
class Available {
 public:
  explicit Available(int colours) : colours_(colours) {}

  void choose(short& colour, std::optional<short> chosen) const {
    if (chosen && *chosen < colours_)
      colour = *chosen;
  }
  void choose(std::vector<short>& names, std::vector<short> chosen) const {
    std::erase_if(chosen, [this](short colour) { return colour >= colours_; });
    if (!chosen.empty())
      names = std::move(chosen);
  }

 private:
  int colours_;
};

}  // namespace

std::optional<Palette> palette_for(int colours, const Colours& chosen) {
  if (colours < 8)
    return std::nullopt;
  Palette palette = colours >= 256 ? many() : few();
  const Available available(colours);
  available.choose(palette.event, chosen.event);
  available.choose(palette.notice, chosen.notice);
  available.choose(palette.own, chosen.own);
  available.choose(palette.whisper, chosen.whisper);
  available.choose(palette.error, chosen.error);
  available.choose(palette.alert, chosen.alert);
  available.choose(palette.mention, chosen.mention);
  available.choose(palette.names, chosen.names);
  return palette;
}

}  // namespace chat::client
