// The client's state in the user's state folder.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "client/kept_state.hpp"
#include "client/state.hpp"
#include "client/state_file.hpp"

namespace chat::client {

// $XDG_STATE_HOME/edgechat, or ~/.local/state/edgechat (XDG Base Directory Specification); nothing
// when neither is known.
std::optional<std::filesystem::path> state_folder();

// A file per server and nickname, with a line for each change. While another client of the same
// login has the file, a further one is used ("lisa", "lisa%2"), which is another identity; what was
// left in one is found by the next client that may have it. Where nothing can be written it
// remembers for itself alone, and lines that make no sense it leaves out; there is a sentence for
// either.
class DiskState final : public State {
 public:
  using IdSource = std::function<MessageId()>;  // random

  // `server` as the user names it: "127.0.0.1:1338".
  DiskState(std::optional<std::filesystem::path> folder, std::string_view server, IdSource random);

  Remembered recall(const Nickname& nickname) override;
  Credentials renew() override;
  void keep_token(ByteView token) override;
  void said(const UnsentMessage& message) override;
  void attempted(const MessageId& id) override;
  void done(const MessageId& id) override;
  void given_up(const MessageId& id, std::string_view why) override;
  void given_up_seen() override;
  void keep_pair(const KnownPair& pair) override;
  void forget_pair(RoomId room) override;
  void keep_draft(const KeptDraft& draft) override;
  void keep_room(std::string_view name) override;
  void forget_room(std::string_view name) override;
  bool is_lasting() const override { return file_ && !stale_; }
  std::optional<std::string> take_trouble() override;

 private:
  struct Held {
    StateFile file;
    KeptState kept;
    std::size_t lines;
    std::size_t senseless;
  };

  static std::expected<Held, net::Failure> hold(const std::filesystem::path& path);
  std::expected<Held, net::Failure> hold_free_file(const Nickname& nickname) const;
  void write(std::string_view line);
  void rewrite();
  void shorten();
  void note(const net::Failure& failure);

  std::optional<std::filesystem::path> folder_;  // of this server
  IdSource random_;
  std::optional<StateFile> file_;
  bool stale_ = false;         // the file does not say all of kept_
  std::size_t shortened_ = 0;  // bytes in the file when it was written anew last
  KeptState kept_;
  std::optional<std::string> trouble_;
  bool told_ = false;
};

}  // namespace chat::client
