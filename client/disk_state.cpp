#include "client/disk_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "client/hex.hpp"

// The lines of a file, each a JSON object; later ones change what earlier ones say:
//   {"identity": hex, "secret": hex}           who one is
//   {"token": hex}                             the session that was not ended; "" for none
//   {"said": {"id": hex, "room": name, "to": nickname, "user": number, "epoch": number,
//             "kind": number, "text": text, "time": milliseconds, "attempted": bool}}
//   {"attempted": id}, {"done": id}            see State

namespace chat::client {
namespace {

using Json = nlohmann::json;

// As one part of a path: of a server's or a person's name.
std::string as_file_name(std::string_view name) {
  std::string encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte > ' ' && c != '/' && c != '%' && byte != 0x7F;
    const bool hides = c == '.' && encoded.empty();
    encoded += plain && !hides ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return encoded;
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const UnsentMessage& message) {
  return {{"id", to_hex(message.id)},
          {"room", message.room},
          {"to", message.to},
          {"user", message.to_user.value},
          {"epoch", message.epoch.value},
          {"kind", static_cast<unsigned>(message.kind)},
          {"text", message.text},
          {"time", message.time.milliseconds},
          {"attempted", message.attempted}};
}

std::string identity_line(const Credentials& credentials) {
  return line_of({{"identity", to_hex(credentials.identity.value)},
                  {"secret", to_hex(credentials.secret.value)}});
}

std::string token_line(const Credentials& credentials) {
  return line_of({{"token", to_hex(credentials.token)}});
}

std::string said_line(const UnsentMessage& message) {
  return line_of({{"said", json_of(message)}});
}

std::optional<MessageId> id_of(const Json& json) {
  return json.is_string() ? id_from_hex(json.get_ref<const std::string&>()) : std::nullopt;
}

// These give nothing when it makes no sense, and throw Json::exception where a value is missing or
// of another type.

std::optional<Credentials> credentials_of(const Json& json) {
  const auto identity = id_of(json.at("identity"));
  const auto secret = id_of(json.at("secret"));
  if (!identity || !secret)
    return std::nullopt;
  return Credentials{{*identity}, {*secret}, {}};
}

std::optional<UnsentMessage> message_of(const Json& json) {
  const auto id = id_of(json.value("id", Json()));
  const auto kind = static_cast<MessageKind>(json.value("kind", 1U));
  std::string text = json.value("text", "");
  if (!id || !is_known(kind) || text.empty())
    return std::nullopt;
  return UnsentMessage{.id = *id,
                       .room = json.value("room", ""),
                       .to = json.value("to", ""),
                       .to_user = {json.value("user", std::uint64_t{0})},
                       .epoch = {json.value("epoch", std::uint64_t{0})},
                       .kind = kind,
                       .text = std::move(text),
                       .time = {json.value("time", std::int64_t{0})},
                       .attempted = json.value("attempted", true)};
}

template <class T>
bool assign(T& to, std::optional<T> from) {
  if (from)
    to = std::move(*from);
  return from.has_value();
}

}  // namespace

std::optional<std::filesystem::path> state_folder() {
  const char* const state = std::getenv("XDG_STATE_HOME");
  // A relative one is to be ignored.
  if (state != nullptr && state[0] == '/')
    return std::filesystem::path(state) / "edgechat";
  const char* const home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/')
    return std::filesystem::path(home) / ".local/state/edgechat";
  return std::nullopt;
}

DiskState::DiskState(std::optional<std::filesystem::path> folder, std::string_view server,
                     IdSource random)
    : random_(std::move(random)) {
  if (folder)
    folder_ = *folder / as_file_name(server);
}

std::expected<StateFile, net::Failure> DiskState::open_free_file(const Nickname& nickname) const {
  constexpr int kMostAtOnce = 1000;
  if (!folder_)
    return std::unexpected(net::Failure{0, "neither XDG_STATE_HOME nor HOME is set"});
  const std::string name = as_file_name(nickname.folded());
  for (int number = 1;; ++number) {
    auto file =
        StateFile::open(*folder_ / (number == 1 ? name : fmt::format("{}%{}", name, number)));
    if (file || file.error().error != EWOULDBLOCK || number == kMostAtOnce)
      return file;
  }
}

Remembered DiskState::recall(const Nickname& nickname) {
  file_.reset();
  credentials_ = {};
  unsent_ = {};
  const auto lines = open(nickname);
  const auto senseless =
      std::ranges::count_if(lines, [this](std::string_view line) { return !take_over(line); });
  if (!credentials_.identity)
    renew();
  if (senseless > 0) {
    trouble_ = fmt::format("{} of the {} lines in {} make no sense and were left out.", senseless,
                           lines.size(), file_->path().string());
    rewrite();
  }
  const auto& messages = unsent_.messages();
  return {credentials_, {messages.begin(), messages.end()}};
}

// The lines of the file that is held from now on; none when none can be held.
std::vector<std::string> DiskState::open(const Nickname& nickname) {
  auto file = open_free_file(nickname);
  auto lines = file ? file->read() : std::unexpected(file.error());
  if (!lines) {
    note(lines.error());
    return {};
  }
  file_ = std::move(*file);
  return std::move(*lines);
}

// False when it makes no sense.
bool DiskState::take_over(std::string_view line) try {
  const Json json = Json::parse(line);
  if (json.contains("identity"))
    return assign(credentials_, credentials_of(json));
  if (json.contains("token"))
    return assign(credentials_.token, from_hex(json["token"].get<std::string>()));
  if (json.contains("said")) {
    auto message = message_of(json["said"]);
    if (message)
      unsent_.add(*message);
    return message.has_value();
  }
  const bool done = json.contains("done");
  const auto id = id_of(json.at(done ? "done" : "attempted"));
  if (id && done)
    unsent_.take(*id);
  else if (id)
    unsent_.mark_attempted(*id);
  return id.has_value();
} catch (const Json::exception&) {
  return false;
}

Credentials DiskState::renew() {
  credentials_ = {.identity = {random_()}, .secret = {random_()}, .token = {}};
  write(identity_line(credentials_));
  return credentials_;
}

void DiskState::keep_token(ByteView token) {
  credentials_.token.assign(token.begin(), token.end());
  write(token_line(credentials_));
}

void DiskState::said(const UnsentMessage& message) {
  unsent_.add(message);
  write(said_line(message));
}

void DiskState::attempted(const MessageId& id) {
  unsent_.mark_attempted(id);
  write(line_of({{"attempted", to_hex(id)}}));
}

void DiskState::done(const MessageId& id) {
  constexpr std::size_t kWorthShortening = 64 * 1024;
  unsent_.take(id);
  write(line_of({{"done", to_hex(id)}}));
  if (file_ && unsent_.size() == 0 && file_->bytes() >= kWorthShortening)
    rewrite();
}

// With what matters alone.
void DiskState::rewrite() {
  std::vector<std::string> lines{identity_line(credentials_), token_line(credentials_)};
  for (const UnsentMessage& message : unsent_.messages())
    lines.push_back(said_line(message));
  if (auto replaced = file_->replace(lines); !replaced)
    note(replaced.error());
}

void DiskState::write(std::string_view line) {
  if (!file_)
    return;
  if (auto written = file_->append(line); !written)
    note(written.error());
}

void DiskState::note(const net::Failure& failure) {
  if (std::exchange(told_, true))
    return;
  trouble_ = fmt::format("What is not sent when this client ends will be lost: {}.",
                         net::describe(failure));
}

std::optional<std::string> DiskState::take_trouble() {
  return std::exchange(trouble_, std::nullopt);
}

}  // namespace chat::client
