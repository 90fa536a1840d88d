// Any sequence of frames, keys, clicks and sizes: nothing breaks, and every screen is one. Worth
// most with sanitizers.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/controller.hpp"
#include "client/input_view.hpp"
#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/view.hpp"
#include "libchat/protocol.hpp"
#include "tests/client/bound_keys.hpp"
#include "tests/client/dice.hpp"
#include "tests/client/random_messages.hpp"
#include "tests/client/reading_history.hpp"
#include "tests/client/screen_check.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

std::string any_line(Dice& dice) {
  static const std::array<std::string, 22> kLines{
      "@Lisa hi",    "hi l",       "hi A",        "/who",    "/rooms", "/clear", "/help",  "/join ",
      "/join",       "/leave ",    "/nick ",      "@",       "/msg ",  "//",     "/me hi", " ",
      "/search tea", "/away soup", "/query Lisa", "/go tea", "/keys",  "/set"};
  return dice.one_of(kLines);
}

Pasted any_paste(Dice& dice) {
  std::string text = random_text(dice);
  for (std::uint32_t lines = dice.below(10); lines > 0; --lines)
    text += "\n" + random_text(dice);
  return {text};
}

Key any_key(Dice& dice) {
  static const std::vector<Key> kBound = bound_keys();
  switch (dice.below(8)) {
    case 0:
      return Typed{any_line(dice)};
    case 1:
      return Typed{random_text(dice)};
    case 2:
      return any_paste(dice);
    case 3:
      return Alt{static_cast<char32_t>(U' ' + dice.below(95))};
    case 4:
      return static_cast<NamedKey>(dice.below(26));
    default:
      return dice.one_of(kBound);
  }
}

// Mostly one; sometimes those that a person presses one after the other.
std::vector<Key> any_keys(Dice& dice) {
  if (dice.below(8) > 0)
    return {any_key(dice)};
  if (dice.flip())
    return {Control{'u'}, NamedKey::enter};
  return {Control{'u'}, Typed{any_line(dice)}, NamedKey::tab, NamedKey::enter, NamedKey::tab};
}

Size any_size(Dice& dice) {
  return {Columns{static_cast<int>(dice.below(dice.one_in(4) ? 12 : 131))},
          Rows{static_cast<int>(dice.below(dice.one_in(4) ? 40 : 12))}};
}

// A chat, and what of it was seen.
class Chat {
 public:
  Chat(Dice& dice, std::set<std::string_view>& seen) : dice_(dice), seen_(seen) {
    model_.start(dice_.one_in(8) ? "two words" : "Ann", kNoon);
    if (dice_.below(4) > 0)
      settle_in();
  }

  bool is_over() const {
    return model_.phase() == Phase::disconnected || model_.phase() == Phase::quitting;
  }

  void step() {
    act(dice_.below(16));
    if (dice_.one_in(5) && model_.wants_connection())
      model_.connected(kNoon);
    controller_.model_changed();
    if (auto asked = model_.take_outgoing(); !asked.empty()) {
      asked_ = std::move(asked);
      if (dice_.flip())
        answer();
    }
    if (dice_.one_in(4))
      size_ = any_size(dice_);
    shown_ = compose(model_, controller_, size_);
    CAPTURE(text_of(shown_));
    REQUIRE(fault_of(shown_, size_) == "");
    look();
  }

 private:
  // In three rooms and two conversations on a server that keeps messages.
  void settle_in() {
    const RequestId hello = sent<protocol::Hello>(model_).value_or(protocol::Hello{}).request;
    welcome_to(model_, hello, {});
    open_room(model_, hello, kLobby, "lobby", {{kMe, "Ann"}, {kLisa, "Lisa"}, {{12}, "Bert"}});
    open(model_, {}, kTea, "tea", 100);
    open(model_, {}, {3}, "日本", 100);
    open_pair(model_, {}, 1);
    post(model_, kPair, kLisa, "Lisa", "psst, https://x.y/z");
  }

  void act(std::uint32_t what) {
    if (what < 5)
      model_.receive(random_message(dice_), kNoon);
    else if (what < 8)
      answer();
    else if (what < 14)
      for (const Key& key : any_keys(dice_))
        press(key);
    else if (what == 14)
      click();
    else if (dice_.one_in(20))
      model_.connection_lost(random_text(dice_), kNoon);
  }

  void answer() {
    if (asked_.empty())
      return;
    if (auto answer = random_answer(dice_, dice_.one_of(asked_)))
      model_.receive(*answer, kNoon);
  }

  InputShape input() const { return input_shape(model_, controller_.prompt(), size_); }

  Size chat_area() const { return layout_for(size_, input().rows, controller_.panes()).chat.size; }

  void press(const Key& key) {
    controller_.press(key, chat_area(), kNoon, input().wrap_at, size_.width);
  }

  // Anywhere, mostly where there is something to be clicked on.
  void click() {
    const Size size = shown_.size();
    Mouse mouse{static_cast<Mouse::What>(dice_.below(3)), {}, {}};
    Target target;
    for (int tries = 30; tries > 0 && target == Target(); --tries) {
      mouse.row = Rows{static_cast<int>(dice_.below(size.height.value + 1))};
      mouse.column = Columns{static_cast<int>(dice_.below(size.width.value + 1))};
      target = shown_.target_at({mouse.row, mouse.column});
    }
    controller_.point(mouse, target, chat_area());
    if (mouse.what == Mouse::What::click)
      seen_.insert(std::array{"no target", "a clicked room", "a clicked person",
                              "a clicked page"}[target.index()]);
    else
      seen_.insert("the wheel");
  }

  void look() {
    constexpr std::array kShown{"a room", "findings", "an excerpt", "addresses"};
    seen_.insert(kShown[static_cast<std::size_t>(model_.shown())]);
    const bool lists_rooms =
        layout_for(size_).rooms.size.width > Columns{0} && controller_.panes().rooms;
    if (lists_rooms && std::ranges::count_if(model_.rooms(), &Room::is_pair) > 1 &&
        model_.rooms().size() > 4)
      seen_.insert("a list of rooms and conversations");
    if (model_.front() != nullptr && !model_.front()->typists.empty())
      seen_.insert("somebody who types");
    if (model_.is_away())
      seen_.insert("one's own absence");
    if (model_.line_search() != nullptr)
      seen_.insert("finding");
    if (controller_.prompt().is_searching())
      seen_.insert("a search in the history");
    if (controller_.prompt().awaits_decision())
      seen_.insert("a paste to decide on");
    if (!model_.scrollback().at_end())
      seen_.insert("further up");
  }

  Dice& dice_;
  std::set<std::string_view>& seen_;
  Model model_ = new_model();
  Controller controller_{model_};
  std::vector<protocol::ClientMessage> asked_;  // last
  Size size_{Columns{80}, Rows{24}};
  Screen shown_{Size{}};
};

}  // namespace

TEST_CASE("no sequence of frames, keys, clicks and sizes breaks the client or a screen") {
  // A click on an address is to open nothing.
  ::unsetenv("BROWSER");
  std::set<std::string_view> seen;
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    for (int left = 600; left > 0;) {
      Chat chat(dice, seen);
      // Goes on for a while behind the end.
      for (; left > 0 && (!chat.is_over() || dice.below(20) > 0); --left)
        chat.step();
    }
  }
  for (const std::string_view what :
       {"a room", "findings", "an excerpt", "addresses", "no target", "a clicked room",
        "a clicked person", "a clicked page", "the wheel", "a list of rooms and conversations",
        "somebody who types", "one's own absence", "finding", "a search in the history",
        "a paste to decide on", "further up"}) {
    CAPTURE(what);
    CHECK(seen.contains(what));
  }
}
