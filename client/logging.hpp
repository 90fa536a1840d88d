// The log as the user wants it at the moment.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "client/chat_log.hpp"
#include "client/model.hpp"
#include "client/settings.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// One thread.
class Logging {
 public:
  // `server` as the user names it: "127.0.0.1:1338".
  explicit Logging(std::string server) : server_(std::move(server)) {}

  // Begins, ends, or goes on elsewhere, when these settings say something else than the last ones.
  void apply(const LogSettings& wanted);

  // Whether it is to be given all news; when it once was, always, since the model keeps them then.
  bool takes_news() const { return takes_news_; }
  // See ChatLog. No effect while the log is off.
  void write(std::span<const Model::News> news, WallTime now);

  // A sentence about what is not written; once.
  std::optional<std::string> take_trouble();

 private:
  std::string server_;
  LogSettings applied_;
  bool takes_news_ = false;
  std::optional<ChatLog> log_;
  std::optional<std::string> trouble_;
};

}  // namespace chat::client
