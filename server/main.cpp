#include <fmt/format.h>
#include <malloc.h>
#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "libchat/room_log.hpp"
#include "net/file_limit.hpp"
#include "server/background.hpp"
#include "server/server.hpp"
#include "server/store/backup.hpp"
#include "server/store/check.hpp"

namespace {

using namespace chat::server;

constexpr int kUsageError = 2;
// What the server needs beside connections: standard streams, listeners, and some to spare; and for
// each reactor an epoll instance and an eventfd.
constexpr std::size_t kOwnDescriptors = 60;
constexpr std::size_t kDescriptorsPerReactor = 2;

// Says it on standard error; a server that nobody listens to goes on, so that it failed is ignored
// (fmt::print would throw).
template <class... Values>
void say(fmt::format_string<Values...> sentence, Values&&... values) {
  const std::string line =
      "chat-server: " + fmt::format(sentence, std::forward<Values>(values)...) + "\n";
  std::fputs(line.c_str(), stderr);
}

// Signals that end the server. Blocked in every thread, and read from the descriptor.
chat::net::UniqueFd block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  chat::net::UniqueFd descriptor(::signalfd(-1, &signals, SFD_CLOEXEC));
  if (!descriptor)
    throw std::system_error(errno, std::generic_category(), "creating a signalfd");
  return descriptor;
}

int wait_for_signal(const chat::net::UniqueFd& signals) {
  signalfd_siginfo info{};
  while (::read(signals.get(), &info, sizeof info) != sizeof info)
    if (errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "waiting for a signal");
  return static_cast<int>(info.ssi_signo);
}

std::shared_ptr<spdlog::logger> make_logger(const Options& options) {
  auto log = std::make_shared<spdlog::logger>("chat-server",
                                              std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern("time=%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
  log->set_level(spdlog::level::from_str(options.log_level));
  return log;
}

std::size_t connections_for(std::size_t descriptors, std::size_t reactors) {
  const std::size_t own = kOwnDescriptors + reactors * kDescriptorsPerReactor;
  return std::max<std::size_t>(1, descriptors - std::min(descriptors, own));
}

// How many connections there may be. Says so.
std::size_t limit_connections(const Options& options, std::size_t descriptors) {
  const std::size_t allowed = connections_for(descriptors, options.reactors);
  const std::size_t most = options.max_connections.value_or(allowed);
  if (most > allowed)
    say("the limit of {} open files allows only {} of the {} connections", descriptors, allowed,
        most);
  else
    say("up to {} connections ({} open files)", most, descriptors);
  return std::min(most, allowed);
}

// Full segments of the rooms' logs, and tables that were outgrown, go back to the system at once,
// and not only when they happen to lie at the end of the heap (mallopt(3)); left to itself the
// threshold rises with what is freed. Segments in the heap leave holes: with 1,000 clients and a
// full log they took 0.2 MiB more. What the maps cost could not be measured, not even in a
// saturated room of 20.
void return_large_blocks() {
  ::mallopt(M_MMAP_THRESHOLD, chat::RoomLog::kLargestSegmentBytes);
  // Half of what the kernel lets a process have by default (vm.max_map_count); the rest of a huge
  // --all-logs-mib lies in the heap.
  ::mallopt(M_MMAP_MAX, 32'768);
}

int serve(const Options& options) {
  return_large_blocks();
  // A reader of the log that goes away is no reason to end.
  std::signal(SIGPIPE, SIG_IGN);
  auto signals = block_ending_signals();
  auto listeners = open_listeners(options);
  if (!listeners) {
    say("{}", describe(listeners.error()));
    return kUsageError;
  }
  const auto descriptors = chat::net::raise_file_limit();
  if (!descriptors) {
    say("{}", describe(descriptors.error()));
    return EXIT_FAILURE;
  }
  const std::size_t most = limit_connections(options, *descriptors);
  std::vector<std::string> addresses;
  for (const Listener& listener : *listeners)
    addresses.push_back(to_string(listener.address));
  const auto log = make_logger(options);
  auto storage = Storage::open(options, *log);
  if (!storage) {
    say("{}", storage.error());
    return kUsageError;
  }
  Server server(options, std::move(*listeners), std::move(*storage), most, log);
  if (const auto started = server.start(); !started) {
    say("{}", describe(started.error()));
    std::_Exit(EXIT_FAILURE);
  }
  for (const std::string& address : addresses)
    say("listening on {}", address);
  wait_for_signal(signals);
  // A second signal does not wait for anybody.
  std::thread([second = std::move(signals)] {
    wait_for_signal(second);
    std::_Exit(EXIT_FAILURE);
  }).detach();
  server.stop();
  return EXIT_SUCCESS;
}

int check_store(const std::filesystem::path& folder) {
  const chat::store::Verdict verdict = chat::store::check(folder);
  for (const std::string& line : verdict.lines)
    fmt::print("{}\n", line);
  return verdict.is_sound ? EXIT_SUCCESS : EXIT_FAILURE;
}

int back_up_store(const std::filesystem::path& folder, const std::filesystem::path& file) {
  const auto copied = chat::store::backup(folder, file);
  if (!copied) {
    say("{}", copied.error());
    return EXIT_FAILURE;
  }
  fmt::print("{}: {} message{}, {} bytes\n", file.string(), copied->messages,
             copied->messages == 1 ? "" : "s", copied->bytes);
  return EXIT_SUCCESS;
}

// Serves, or does what is asked for instead.
int run(const Options& options) {
  if (!options.store && (options.check || options.backup)) {
    say("there is no store with --durability none");
    return kUsageError;
  }
  if (options.check || options.backup)
    run_in_background();
  if (options.check)
    return check_store(options.store->folder);
  if (options.backup)
    return back_up_store(options.store->folder, *options.backup);
  return serve(options);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (sodium_init() < 0)
      throw std::runtime_error("cannot get random numbers");
    const auto parsed = parse_options(argc, argv);
    return parsed.options ? run(*parsed.options) : parsed.exit_code;
  } catch (const std::exception& failure) {
    say("{}", failure.what());
    return EXIT_FAILURE;
  }
}
