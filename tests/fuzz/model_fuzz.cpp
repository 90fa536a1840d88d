// The client's model and its screens, whatever a server sends, a user types and a connection does.
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "client/controller.hpp"
#include "client/input_view.hpp"
#include "client/layout.hpp"
#include "client/locale.hpp"
#include "client/model.hpp"
#include "client/paste_input.hpp"
#include "client/view.hpp"
#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"
#include "libchat/text.hpp"
#include "tests/client/bound_keys.hpp"
#include "tests/client/forgetful_state.hpp"
#include "tests/client/screen_check.hpp"
#include "tests/fuzz/any_message.hpp"
#include "tests/fuzz/expect.hpp"
#include "tests/fuzz/input.hpp"

namespace chat::fuzz {
namespace {

using namespace client;

void check_screen(const Screen& screen, Size size) {
  const std::string fault = client::test::fault_of(screen, size);
  expect(fault.empty(), fault.c_str());
}

// --- what happens
// ---------------------------------------------------------------------------------

std::string any_line(Input& input) {
  static const std::array<std::string, 26> kLines{
      "hi",        "@lisa hi",  "@Ann psst",   "hi l",        "/me waves", "/who",   "/rooms",
      "/clear",    "/help",     "/quit",       "/join tea",   "/join",     "/leave", "/leave tea",
      "/nick bob", "/nick",     "/msg lisa x", "//slash",     "/nothing",  " ",      "",
      "@",         "@nobody ?", "tea",         "/search tea", "/search"};
  const std::uint8_t first = input.byte();
  return first < 0xE0 ? kLines[first % kLines.size()] : any_text(input);
}

Pasted any_paste(Input& input) {
  PasteInput paste;
  for (const char byte : std::string(any_line(input)) + "\n" + std::string(any_text(input)))
    paste.take(static_cast<unsigned char>(byte));
  return {paste.text()};
}

Key any_key(Input& input) {
  static const std::vector<Key> kBound = client::test::bound_keys();
  switch (input.below(8)) {
    case 0:
      // The terminal lets no C0 through (Typed); C1 and all else it does.
      return Typed{harmless(any_line(input))};
    case 1:
      return Control{static_cast<char>('a' + input.below(26))};
    case 2:
      return Alt{static_cast<char32_t>(U' ' + input.below(95))};
    case 3:
      return Modified{static_cast<NamedKey>(input.below(26)), {.alt = true}};
    case 4:
      return any_paste(input);
    case 5:
      return kBound[input.below(kBound.size())];
    default:
      return static_cast<NamedKey>(input.below(26));
  }
}

Size any_size(Input& input) {
  return {Columns{input.byte() % 131}, Rows{input.byte() % 51}};
}

// Has kept what an earlier client could not say.
class Memory : public client::test::ForgetfulState {
 public:
  explicit Memory(Input& input) {
    for (std::size_t left = input.below(4); left > 0; --left) {
      UnsentMessage message{.id = {static_cast<std::uint8_t>(200 + left)}, .text = "left over"};
      if (input.one_in(2))
        message.to = "lisa";
      else
        message.room = input.one_in(2) ? "tea" : "lobby";
      message.attempted = input.one_in(2);
      if (input.one_in(4))
        given_up_.push_back({std::move(message), "Not sent"});
      else
        unsent_.push_back(std::move(message));
    }
  }

  Remembered recall(const Nickname& nickname) override {
    return {ForgetfulState::recall(nickname).credentials, std::exchange(unsent_, {}),
            std::exchange(given_up_, {})};
  }

 private:
  std::vector<UnsentMessage> unsent_;
  std::vector<GivenUp> given_up_;
};

class Play {
 public:
  explicit Play(Input input) : input_(input) { begin(input_.below(8)); }

  void run() {
    while (!input_.empty())
      step();
    for (const Size size :
         {Size{Columns{80}, Rows{24}}, Size{Columns{20}, Rows{5}}, Size{Columns{1}, Rows{1}}})
      check_screen(compose(model_, controller_, size), size);
  }

 private:
  // Mostly the server takes it up.
  void begin(std::size_t how) {
    model_.start(how == 7 ? "two words" : "Ann", now_);
    if (how != 0 && how != 7)
      take(protocol::encode(
          protocol::Welcome{.request = {1},
                            .user = {1},
                            .nickname = "Ann",
                            .epoch = {1},
                            .max_rooms = 5,
                            .history = static_cast<std::uint16_t>(how % 2 == 0 ? 0 : 10)}));
  }

  void step() {
    now_.milliseconds += 10'000;
    act(input_.below(16));
    controller_.model_changed();
    check_outgoing();
    if (input_.one_in(8)) {
      const Size size = any_size(input_);
      check_screen(compose(model_, controller_, size), size);
    }
  }

  void act(std::size_t what) {
    switch (what) {
      case 0:
        return take(input_.take(input_.byte()));
      case 1:
        return press(any_key(input_));
      case 2:
      case 3:
        press(Control{'u'});
        press(Typed{harmless(any_line(input_))});
        return press(NamedKey::enter);
      case 4:
        decoder_ = {};
        return model_.connection_lost(input_.one_in(4) ? harmless(any_text(input_)) : "", now_);
      case 5:
        return model_.connected(now_);
      case 6:
        return answer();
      case 7:
        if (input_.one_in(2))
          return model_.next_try_in(std::nullopt);
        return model_.next_try_in(std::chrono::seconds(input_.byte()));
      case 8:
        return click();
      default:
        return take(any_frame<protocol::ServerMessage>(input_));
    }
  }

  InputShape input() const { return input_shape(model_, controller_.prompt(), size_); }

  Size chat_area() const { return layout_for(size_, input().rows, controller_.panes()).chat.size; }

  // Anywhere on the screen, with any button.
  void click() {
    const Mouse mouse{static_cast<Mouse::What>(input_.below(3)), Columns{input_.byte() % 131},
                      Rows{input_.byte() % 51}};
    const Screen screen = compose(model_, controller_, size_);
    controller_.point(mouse, screen.target_at({mouse.row, mouse.column}), chat_area());
  }

  void press(const Key& key) {
    controller_.press(key, chat_area(), now_, input().wrap_at, size_.width);
    if (input_.one_in(16))
      size_ = any_size(input_);
  }

  // The answer that the last request hopes for.
  void answer() {
    const RequestId request = last_request_;
    switch (input_.below(8)) {
      case 0:
        return take(protocol::encode(protocol::Welcome{.request = request,
                                                       .user = {1},
                                                       .nickname = "Ann",
                                                       .epoch = {1},
                                                       .max_rooms = 5,
                                                       .resumed = input_.one_in(2),
                                                       .history = input_.byte()}));
      case 1:
      case 2: {
        protocol::RoomOpened opened{.request = request, .room = {input_.byte() % 4U}};
        opened.kind = input_.one_in(4) ? RoomKind::pair : RoomKind::open;
        fill(opened.name, input_);
        fill(opened.next, input_);
        opened.listed = true;
        opened.reset = input_.one_in(8);
        return take(protocol::encode(opened));
      }
      case 3: {
        protocol::Acknowledged acknowledged{.request = request, .id = {last_message_}};
        fill(acknowledged.room, input_);
        fill(acknowledged.sequence, input_);
        return take(protocol::encode(acknowledged));
      }
      case 4: {
        protocol::Error error{.request = request};
        fill(error.code, input_);
        if (is_known(error.code))
          take(protocol::encode(error));
        return;
      }
      case 5:
        return take(protocol::encode(history(request)));
      case 6: {
        protocol::SearchResults results{.request = request, .next = input_.byte() % 4U, .hits = {}};
        fill(results.hits, input_);
        keep_within_frame(results.hits);
        return take(protocol::encode(results));
      }
      default:
        return take(protocol::encode(protocol::RoomClosed{request, {input_.byte() % 4U}}));
    }
  }

  // A server's page fits a frame (PROTOCOL.md).
  template <class T>
  static void keep_within_frame(std::vector<T>& list) {
    constexpr std::size_t kHead = 64;
    Bytes bytes;
    const auto surplus = std::ranges::find_if(list, [&](const T& element) {
      wire::write(bytes, element);
      return bytes.size() > kMaxFrameLength - kHead;
    });
    list.erase(surplus, list.end());
  }

  // Mostly of the numbers that were asked for.
  protocol::History history(RequestId request) {
    protocol::History history{
        .request = request, .room = last_read_.room, .more = true, .messages = {}};
    history.more = input_.one_in(2);
    fill(history.messages, input_);
    keep_within_frame(history.messages);
    if (input_.one_in(4))
      return history;
    Sequence number = last_read_.before - history.messages.size();
    for (protocol::HistoryMessage& message : history.messages)
      message.sequence = std::exchange(number, number + 1);
    return history;
  }

  // What the server sends, as the client reads it (client/connection.cpp).
  void take(ByteView bytes) {
    bool is_understood = true;
    const auto fed = decoder_.feed(bytes, [&](const Frame& frame) {
      const auto message = protocol::decode_server_message(frame);
      if (!message)
        return is_understood = message.error() == protocol::Fault::unknown_type;
      model_.receive(*message, now_);
      return true;
    });
    if (fed && is_understood)
      return;
    decoder_ = {};
    model_.connection_lost("What the server sent could not be understood.", now_);
  }

  // A server takes it for what it is.
  void check_outgoing() {
    for (const protocol::ClientMessage& message : model_.take_outgoing()) {
      const Bytes bytes = std::visit([](const auto& m) { return protocol::encode(m); }, message);
      ByteView rest = bytes;
      const auto frame = take_frame(rest);
      expect(frame && *frame && rest.empty() && protocol::decode_client_message(**frame),
             "the client sends what no server understands");
      last_request_ = protocol::request_of(**frame);
      if (const auto* read = std::get_if<protocol::ReadHistory>(&message))
        last_read_ = *read;
    }
  }

  Input input_;
  WallTime now_{12 * 3'600'000};
  std::uint8_t last_message_ = 0;
  RequestId last_request_{1};
  protocol::ReadHistory last_read_;
  Model model_{"127.0.0.1:1338", [this] { return MessageId{++last_message_}; },
               std::make_unique<Memory>(input_)};
  Controller controller_{model_};
  FrameDecoder decoder_;
  Size size_{Columns{80}, Rows{24}};
};

}  // namespace
}  // namespace chat::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  // Lines carry the time of day.
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  // A click on an address is to open nothing.
  ::unsetenv("BROWSER");
  chat::client::use_utf8_locale();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chat::fuzz::Play(chat::fuzz::Input({data, size})).run();
  return 0;
}
