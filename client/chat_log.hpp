// What was said, in files.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
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
// written once, whatever is read again after a lost connection or by the next client. What a disk
// does not take is written when it takes something again. One client per server writes, and another
// one when that has ended; see take_trouble(). Move-only; one thread. Needs use_utf8_locale().
class ChatLog {
 public:
  // `server` as the user names it: "127.0.0.1:1338".
  ChatLog(const std::filesystem::path& folder, std::string_view server);

  // How many bytes may wait for a disk. What is said beyond that is not written.
  static constexpr std::size_t kMostUnwritten = 1024 * 1024;

  // Writes those that are messages. `now` is the time of this machine.
  void write(std::span<const Model::News> news, WallTime now);

  // A sentence about what cannot be written; once for each reason, until what failed goes well.
  std::optional<std::string> take_trouble();

 private:
  struct File {
    std::filesystem::path text;
    std::filesystem::path mark;
    LogMark last{};
    NumberSet written{};     // what counts as the last one does
    WallTime known_until{};  // what was said up to then is in it, however it was counted
    std::string unwritten{};
    int failed_with = 0;  // errno of the last try; 0: it went well
  };
  using Result = std::expected<void, net::Failure>;

  bool holds_folder();
  Result hold_folder();
  File& file_of(const std::string& room, WallTime now);
  void write_room(std::span<const Model::News> news, WallTime now);
  static bool takes(File& file, const Model::News& news, WallTime now);
  void write_out(File& file);
  void note(const net::Failure& failure);

  std::filesystem::path folder_;
  net::UniqueFd lock_;
  std::map<std::string, File> files_;
  std::size_t unwritten_ = 0;  // in all files
  std::optional<std::string> trouble_;
  std::set<int> told_;  // errno of each
};

}  // namespace chat::client
