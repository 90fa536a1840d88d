#include "client/palette.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

using namespace chat::client;

namespace {

struct Rgb {
  double red;
  double green;
  double blue;
};

// https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
double luminance_of(const Rgb& colour) {
  const auto linear = [](double level) {
    const double share = level / 255;
    return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

// One of the 216 colours of xterm's cube.
double luminance_of(short colour) {
  constexpr double kLevels[] = {0, 95, 135, 175, 215, 255};
  const int place = colour - 16;
  return luminance_of(Rgb{kLevels[place / 36], kLevels[place / 6 % 6], kLevels[place % 6]});
}

using Sixteen = std::array<Rgb, 16>;

// XTerm-col.ad
constexpr Sixteen kXterm = {{{0, 0, 0},
                             {205, 0, 0},
                             {0, 205, 0},
                             {205, 205, 0},
                             {0, 0, 238},
                             {205, 0, 205},
                             {0, 205, 205},
                             {229, 229, 229},
                             {127, 127, 127},
                             {255, 0, 0},
                             {0, 255, 0},
                             {255, 255, 0},
                             {92, 92, 255},
                             {255, 0, 255},
                             {0, 255, 255},
                             {255, 255, 255}}};

// VGA's, and the Linux console's (drivers/tty/vt/vt.c: default_red, default_grn, default_blu).
constexpr Sixteen kVga = {{{0, 0, 0},
                           {170, 0, 0},
                           {0, 170, 0},
                           {170, 85, 0},
                           {0, 0, 170},
                           {170, 0, 170},
                           {0, 170, 170},
                           {170, 170, 170},
                           {85, 85, 85},
                           {255, 85, 85},
                           {85, 255, 85},
                           {255, 255, 85},
                           {85, 85, 255},
                           {255, 85, 255},
                           {85, 255, 255},
                           {255, 255, 255}}};

double contrast(double lighter, double darker) {
  return (lighter + 0.05) / (darker + 0.05);
}

std::vector<short> all_of(const Palette& palette) {
  std::vector<short> all(palette.names.begin(), palette.names.end());
  all.insert(all.end(), {palette.event, palette.notice, palette.whisper, palette.error,
                         palette.alert, palette.mention});
  return all;
}

}  // namespace

TEST_CASE("of 256 colours those are used that can be read on black and on white") {
  const auto palette = palette_for(256);
  REQUIRE(palette.has_value());
  for (const short colour : all_of(*palette)) {
    CAPTURE(colour);
    REQUIRE(colour >= 16);
    REQUIRE(colour < 232);
    CHECK(contrast(luminance_of(colour), 0) >= 3);
    CHECK(contrast(1, luminance_of(colour)) >= 3);
  }
}

TEST_CASE("of 8 and of 16 colours those are used that can be read on black and on white") {
  for (const int colours : {8, 16, 88}) {
    CAPTURE(colours);
    const auto palette = palette_for(colours);
    REQUIRE(palette.has_value());
    for (const short colour : all_of(*palette)) {
      CAPTURE(colour);
      REQUIRE(colour >= 0);
      REQUIRE(colour < std::min(colours, 16));
      for (const Sixteen& values : {kXterm, kVga}) {
        const double luminance = luminance_of(values.at(static_cast<std::size_t>(colour)));
        CHECK(contrast(luminance, 0) >= 3);
        CHECK(contrast(1, luminance) >= 3);
      }
    }
  }
}

TEST_CASE("names have different colours, as many as there are") {
  const std::map<int, std::size_t> expected{{8, 1}, {16, 3}, {88, 3}, {256, 12}};
  for (const auto& [colours, names] : expected) {
    const auto palette = palette_for(colours);
    REQUIRE(palette.has_value());
    CHECK(std::set<short>(palette->names.begin(), palette->names.end()).size() == names);
    std::set<std::size_t> used;
    for (std::uint16_t name = 1; name < 100; ++name)
      used.insert(palette->index_of({name}));
    CHECK(used.size() == palette->names.size());
  }
}

TEST_CASE("a terminal with too few colours has none") {
  CHECK_FALSE(palette_for(2).has_value());
  CHECK_FALSE(palette_for(-1).has_value());
}

TEST_CASE("colours of the user's come first, where the terminal has them") {
  const Colours chosen{.event = 2, .own = 40, .names = {3, 200, -1}};
  const auto many = palette_for(256, chosen);
  REQUIRE(many.has_value());
  CHECK(many->event == 2);
  CHECK(many->own == 40);
  CHECK(many->names == std::vector<short>{3, 200, -1});
  CHECK(many->error == palette_for(256)->error);
  const auto few = palette_for(16, chosen);
  REQUIRE(few.has_value());
  CHECK(few->event == 2);
  CHECK(few->own == -1);
  CHECK(few->names == std::vector<short>{3, -1});
  CHECK(palette_for(16, {.names = {100}})->names == palette_for(16)->names);
}

TEST_CASE("colours have names or numbers") {
  CHECK(colour_named("red") == 1);
  CHECK(colour_named("bright-white") == 15);
  CHECK(colour_named("default") == -1);
  CHECK(colour_named("0") == 0);
  CHECK(colour_named("255") == 255);
  for (const char* none : {"", "256", "-1", "pink", "Red", "1 ", "0x10", "99999999999"})
    CHECK_FALSE(colour_named(none).has_value());
  for (short colour = -1; colour <= 255; ++colour)
    CHECK(colour_named(name_of_colour(colour)) == colour);
}
