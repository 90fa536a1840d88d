#include "net/wait.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace chat::net {

bool wait_for(int fd, short events, std::chrono::steady_clock::time_point end) {
  pollfd entry{fd, events, 0};
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now())
            .count();
    const int ready = ::poll(&entry, 1, static_cast<int>(std::max<decltype(left)>(left, 0)));
    if (ready >= 0 || errno != EINTR)
      return ready > 0;
  }
}

}  // namespace chat::net
