#include "client/disk_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace chat::client {
namespace {

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
  stale_ = false;
  kept_ = {};
  const auto lines = open(nickname);
  const auto senseless = std::ranges::count_if(
      lines, [this](std::string_view line) { return !kept_.take_over(line); });
  if (!kept_.credentials.identity)
    renew();
  if (senseless > 0) {
    trouble_ = fmt::format("{} of the {} lines in {} make no sense and were left out.", senseless,
                           lines.size(), file_->path().string());
    rewrite();
  }
  const auto& messages = kept_.unsent.messages();
  return {kept_.credentials, {messages.begin(), messages.end()}};
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

Credentials DiskState::renew() {
  kept_.credentials = {.identity = {random_()}, .secret = {random_()}, .token = {}};
  write(identity_line(kept_.credentials));
  return kept_.credentials;
}

void DiskState::keep_token(ByteView token) {
  kept_.credentials.token.assign(token.begin(), token.end());
  write(token_line(kept_.credentials));
}

void DiskState::said(const UnsentMessage& message) {
  kept_.unsent.add(message);
  write(said_line(message));
}

void DiskState::attempted(const MessageId& id) {
  kept_.unsent.mark_attempted(id);
  write(attempted_line(id));
}

void DiskState::done(const MessageId& id) {
  constexpr std::size_t kWorthShortening = 64 * 1024;
  kept_.unsent.take(id);
  write(done_line(id));
  if (file_ && kept_.unsent.size() == 0 && file_->bytes() >= kWorthShortening)
    rewrite();
}

// With what matters alone.
void DiskState::rewrite() {
  const auto replaced = file_->replace(kept_.lines());
  stale_ = !replaced;
  if (!replaced)
    note(replaced.error());
}

void DiskState::write(std::string_view line) {
  if (!file_)
    return;
  // In the place of the old lines there is room for the new ones on a disk that is full, too.
  if (stale_ || !file_->append(line))
    rewrite();
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
