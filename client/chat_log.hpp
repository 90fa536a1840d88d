// What was said, in files.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "client/model.hpp"
#include "client/number_set.hpp"
#include "libchat/ids.hpp"
#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::client {

// How far a file goes: the highest number in it, what that counts in, and the latest time.
struct LogMark {
  RoomId room;
  Epoch epoch;
  Sequence number;
  WallTime time;
};

// A file per room and conversation in a folder per server, for their owner alone. Each message is a
// line, "2026-11-29 12:03:05 <Ann> text", whose own line breaks are followed by blanks. It is
// written once, whatever is read again after a lost connection or by the next client. One client
// per server writes; see take_trouble(). Move-only; one thread. Needs use_utf8_locale().
class ChatLog {
 public:
  // `server` as the user names it: "127.0.0.1:1338".
  ChatLog(const std::filesystem::path& folder, std::string_view server);

  // Writes those that are messages.
  void write(std::span<const Model::News> news);

  // A sentence about what cannot be written; once.
  std::optional<std::string> take_trouble();

 private:
  struct File {
    std::filesystem::path text;
    std::filesystem::path mark;
    LogMark last{};
    NumberSet written{};     // what counts as the last one does
    WallTime known_until{};  // what was said up to then is in it, however it was counted
  };
  using Result = std::expected<void, net::Failure>;

  Result hold_folder();
  File& file_of(const std::string& room);
  void write_room(std::span<const Model::News> news);
  static bool takes(File& file, const Model::News& news);
  void note(const net::Failure& failure);

  std::filesystem::path folder_;
  net::UniqueFd lock_;
  std::map<std::string, File> files_;
  std::optional<std::string> trouble_;
  bool told_ = false;
};

}  // namespace chat::client
