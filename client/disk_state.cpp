#include "client/disk_state.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "client/file_name.hpp"

namespace chat::client {

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

// What a file says, and how many of its lines make no sense. It is held.
std::expected<DiskState::Held, net::Failure> DiskState::hold(const std::filesystem::path& path) {
  auto file = StateFile::open(path);
  if (!file)
    return std::unexpected(std::move(file.error()));
  const auto lines = file->read();
  if (!lines)
    return std::unexpected(lines.error());
  Held held{std::move(*file), {}, lines->size(), 0};
  for (const std::string& line : *lines)
    held.senseless += held.kept.take_over(line) ? 0 : 1;
  return held;
}

// The first of those that nobody else holds; but what was left in a further one is not forgotten.
std::expected<DiskState::Held, net::Failure> DiskState::hold_free_file(
    const Nickname& nickname) const {
  constexpr int kMostAtOnce = 1000;
  if (!folder_)
    return std::unexpected(net::Failure{0, "neither XDG_STATE_HOME nor HOME is set"});
  const std::string name = as_file_name(nickname.folded());
  std::optional<Held> free;
  for (int number = 1;; ++number) {
    const auto path = *folder_ / (number == 1 ? name : fmt::format("{}%{}", name, number));
    std::error_code ignored;
    if (free && (number > kMostAtOnce || !std::filesystem::exists(path, ignored)))
      return std::move(*free);
    auto held = hold(path);
    if (held && held->kept.leaves_something())
      return held;
    if (free)
      continue;
    if (held)
      free = std::move(*held);
    else if (held.error().error != EWOULDBLOCK || number == kMostAtOnce)
      return held;
  }
}

Remembered DiskState::recall(const Nickname& nickname) {
  file_.reset();
  stale_ = false;
  shortened_ = 0;
  kept_ = {};
  auto held = hold_free_file(nickname);
  if (held) {
    file_ = std::move(held->file);
    kept_ = std::move(held->kept);
  } else {
    note(held.error());
  }
  if (!kept_.credentials.identity)
    renew();
  if (held && held->senseless > 0) {
    trouble_ = fmt::format("{} of the {} lines in {} make no sense and were left out.",
                           held->senseless, held->lines, file_->path().string());
    rewrite();
  }
  const auto& messages = kept_.unsent.messages();
  return {kept_.credentials, {messages.begin(), messages.end()},
          kept_.given_up,    kept_.pairs,
          kept_.drafts,      kept_.rooms};
}

Credentials DiskState::renew() {
  kept_.pairs.clear();
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
  kept_.forget(id);
  write(done_line(id));
  shorten();
}

void DiskState::given_up(const MessageId& id, std::string_view why) {
  kept_.give_up(id, std::string(why));
  write(given_up_line(id, why));
}

void DiskState::given_up_seen() {
  const auto seen = kept_.given_up;
  for (const GivenUp& one : seen)
    done(one.message.id);
}

void DiskState::keep_pair(const KnownPair& pair) {
  if (!kept_.keep_pair(pair))
    return;
  write(pair_line(pair));
  shorten();
}

void DiskState::forget_pair(RoomId room) {
  if (kept_.forget_pair(room))
    write(pair_gone_line(room));
}

void DiskState::keep_room(std::string_view name) {
  if (!kept_.keep_room(name))
    return;
  write(room_line(name));
  shorten();
}

void DiskState::forget_room(std::string_view name) {
  if (kept_.forget_room(name))
    write(room_gone_line(name));
}

void DiskState::keep_draft(const KeptDraft& draft) {
  if (!kept_.keep_draft(draft))
    return;
  write(draft_line(draft));
  shorten();
}

// While a lot is not sent, that is the most of what there is.
void DiskState::shorten() {
  constexpr std::size_t kWorthShortening = 64 * 1024;
  constexpr std::size_t kWorthAnyway = 1024 * 1024;
  const std::size_t worth = kept_.unsent.size() == 0 ? kWorthShortening : kWorthAnyway;
  if (file_ && file_->bytes() - shortened_ >= worth)
    rewrite();
}

// With what matters alone.
void DiskState::rewrite() {
  const auto replaced = file_->replace(kept_.lines());
  stale_ = !replaced;
  if (!replaced)
    note(replaced.error());
  shortened_ = file_->bytes();
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
