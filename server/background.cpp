#include "server/background.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace chat::server {

void run_in_background() {
  // On Linux it is of the thread, see setpriority(2), and everybody may make it nicer. Weights of
  // the scheduler: 1024 for 0, 110 for 10.
  constexpr int kNice = 10;
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
}

}  // namespace chat::server
