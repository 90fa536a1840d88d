// Standard output, while other things go on.
#pragma once

#include <poll.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace chat::pipe {

// Writes what a reader takes without waiting for it, on a descriptor that may be shared with other
// programs and so stays as it is. One thread; SIGPIPE must be ignored.
class Output {
 public:
  // The descriptor must outlive this.
  explicit Output(int fd) : fd_(fd) {}

  // No effect when nobody reads any more.
  void append(std::string_view text);
  // True while so much waits that nothing should be made to append.
  bool is_full() const { return waiting_.size() > kFull; }
  // True when the reader is gone, or the disk full.
  bool is_broken() const { return broken_; }

  // What to poll(2); a broken one is negative.
  pollfd to_poll() const;
  void polled(short events);
  // Whether nothing waits to be written.
  bool is_done() const { return broken_ || waiting_.empty(); }

 private:
  static constexpr std::size_t kFull = 1024 * 1024;

  bool write_some();

  int fd_;
  std::string waiting_;
  bool broken_ = false;
};

}  // namespace chat::pipe
