#include "client/connector.hpp"

#include <sys/eventfd.h>

#include <cerrno>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "client/patience.hpp"
#include "net/unique_fd.hpp"

namespace chat::client {

// Shared with the thread, which may outlive the wish for it.
struct Connector::Attempt {
  net::UniqueFd over{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::mutex mutex;
  std::optional<std::expected<Connection, net::Failure>> outcome;

  void finish(std::expected<Connection, net::Failure> how) {
    const std::scoped_lock lock(mutex);
    outcome = std::move(how);
    ::eventfd_write(over.get(), 1);
  }
};

void Connector::begin(const net::HostPort& where) {
  attempt_ = std::make_shared<Attempt>();
  if (!attempt_->over)
    return attempt_->finish(std::unexpected(net::last_failure("making an eventfd")));
  try {
    std::thread([attempt = attempt_, where] {
      attempt->finish(Connection::open(where, kConnectPatience));
    }).detach();
  } catch (const std::system_error& error) {
    attempt_->finish(std::unexpected(net::Failure{error.code().value(), "starting a thread"}));
  }
}

int Connector::fd() const {
  return attempt_ ? attempt_->over.get() : -1;
}

std::optional<std::expected<Connection, net::Failure>> Connector::take() {
  if (!attempt_)
    return std::nullopt;
  auto outcome = [&] {
    const std::scoped_lock lock(attempt_->mutex);
    return std::exchange(attempt_->outcome, std::nullopt);
  }();
  if (outcome)
    attempt_.reset();
  return outcome;
}

}  // namespace chat::client
