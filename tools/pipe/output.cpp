#include "tools/pipe/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace chat::pipe {

void Output::append(std::string_view text) {
  if (!broken_)
    waiting_ += text;
}

// Also with nothing to write: poll(2) tells of a reader that is gone without being asked.
pollfd Output::to_poll() const {
  return {broken_ ? -1 : fd_, waiting_.empty() ? short{} : short{POLLOUT}, 0};
}

void Output::polled(short events) {
  if ((events & POLLOUT) != 0)
    while (write_some()) {
      pollfd again = to_poll();
      if (::poll(&again, 1, 0) <= 0 || (again.revents & POLLOUT) == 0)
        break;
    }
  else if (events != 0)
    broken_ = true;
  if (broken_)
    waiting_.clear();
}

// What is ready to be written to takes PIPE_BUF bytes without waiting (pipe(7)). Whether more is to
// be written.
bool Output::write_some() {
  const ssize_t size =
      ::write(fd_, waiting_.data(), std::min(waiting_.size(), std::size_t{PIPE_BUF}));
  if (size < 0)
    broken_ = errno != EAGAIN && errno != EINTR;
  else
    waiting_.erase(0, static_cast<std::size_t>(size));
  return size > 0 && !waiting_.empty();
}

}  // namespace chat::pipe
