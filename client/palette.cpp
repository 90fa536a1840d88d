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

// How these look is the user's choice. With what xterm, the Linux console and VGA have by default,
// yellow, green and cyan can hardly be read on white, red and blue hardly on black: magenta, bright
// red and bright blue can be on both.
Palette few() {
  return {.event = 12,
          .notice = 12,
          .own = -1,
          .whisper = 5,
          .error = 9,
          .alert = 9,
          .mention = 5,
          .names = {5, 9, 12}};
}

// Where nothing is bright, magenta alone.
Palette fewest() {
  return {.event = 5,
          .notice = 5,
          .own = -1,
          .whisper = 5,
          .error = 5,
          .alert = 5,
          .mention = 5,
          .names = {5}};
}

Palette usual(int colours) {
  if (colours >= 256)
    return many();
  return colours >= 16 ? few() : fewest();
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
  Palette palette = usual(colours);
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
