#include "server/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "libchat/vocabulary.hpp"
#include "server/data_folder.hpp"

namespace chat::server {
namespace {

constexpr int kUsageError = 2;
constexpr std::size_t kMegabyte = 1024 * 1024;

constexpr std::size_t kMostReactors = 256;

// Two reactors on two processors were measured to deliver more at the same cost as one, also while
// the load tool took its share of both (bench/RESULTS.md).
std::size_t one_per_processor() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostReactors);
}

// Checked without being spelt out in --help, where it would crowd out what an option is for.
template <class Number>
CLI::Validator range(Number least, Number most) {
  return CLI::Range(least, most).description("");
}

void add_timeout(CLI::App& app, const char* name, std::chrono::milliseconds& timeout,
                 const char* description, double least = 0.1) {
  app.add_option_function<double>(
         name,
         [&timeout](double seconds) {
           timeout = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
         },
         fmt::format("{} (default {})", description,
                     std::chrono::duration<double>(timeout).count()))
      ->type_name("SECONDS")
      ->check(range(least, 86'400.0));
}

// As they are given on the command line.
struct StorageOptions {
  std::optional<std::filesystem::path> folder;
  std::string durability = "power";
  std::int64_t guest_days = 30;
  std::optional<std::int64_t> keep_days;
  std::optional<std::uint64_t> keep_messages;
};

void add_storage_options(CLI::App& app, StorageOptions& storage, std::uint16_t& history) {
  constexpr std::int64_t kMostDays = 365'000;
  app.add_option("--data", storage.folder,
                 "Folder of the store (default: $STATE_DIRECTORY, or edgechat-server in "
                 "$XDG_STATE_HOME or ~/.local/state)")
      ->type_name("DIR");
  app.add_option("--durability", storage.durability,
                 "What acknowledged messages survive: a failure of power, the end of the process, "
                 "or none")
      ->type_name("WHAT")
      ->check(CLI::IsMember({"power", "process", "none"}).description(""))
      ->capture_default_str();
  app.add_option("--history", history,
                 "Messages that clients show of a room that they enter, from 1 to 500")
      ->type_name("N")
      ->check(range(1, 500))
      ->capture_default_str();
  app.add_option("--keep-days", storage.keep_days,
                 "Days that messages are kept (default: for ever)")
      ->type_name("DAYS")
      ->check(range(std::int64_t{1}, kMostDays));
  app.add_option("--keep-messages", storage.keep_messages,
                 "Messages that are kept of each room (default: all)")
      ->type_name("N")
      ->check(range<std::uint64_t>(1, 1'000'000'000'000));
  app.add_option("--guest-days", storage.guest_days,
                 "Days that whispers are kept after either of the two was last seen")
      ->type_name("DAYS")
      ->check(range(std::int64_t{1}, kMostDays))
      ->capture_default_str();
}

// A sentence when nobody knows where the store is.
std::string settle_storage(Options& options, const StorageOptions& storage) {
  if (storage.durability == "none")
    return {};
  const auto folder = storage.folder ? storage.folder : default_data_folder();
  if (!folder)
    return "--data is needed: there is no $STATE_DIRECTORY, $XDG_STATE_HOME or $HOME";
  store::StoreOptions& store = options.store.emplace();
  store.folder = *folder;
  store.durability =
      storage.durability == "power" ? store::Durability::power : store::Durability::process;
  store.retention.guests = std::chrono::days(storage.guest_days);
  if (storage.keep_days)
    store.retention.age = std::chrono::days(*storage.keep_days);
  store.retention.per_room = storage.keep_messages;
  return {};
}

// A sentence when an address makes no sense.
std::string add_addresses(Options& options, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    auto where = net::parse_host_port(text, kDefaultPort);
    if (!where)
      return "--listen: " + where.error();
    options.listen.push_back(std::move(*where));
  }
  return {};
}

}  // namespace

ParsedOptions parse_options(int argc, const char* const* argv) {
  Options options;
  std::vector<std::string> listen{fmt::format("127.0.0.1:{}", kDefaultPort)};
  std::size_t room_log_mib = 4;
  std::size_t all_logs_mib = 256;
  options.log_level = "info";
  options.reactors = one_per_processor();

  CLI::App app("A chat server.", "chat-server");
  app.set_version_flag("--version", "chat-server " EDGECHAT_VERSION);
  app.add_option("--listen", listen, "Address to listen on; repeatable; port 0 picks one")
      ->type_name("ADDRESS[:PORT]")
      ->capture_default_str()
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--log-level", options.log_level,
                 "What is logged on standard error: debug, info, warn, error or off")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}).description(""))
      ->capture_default_str();
  app.add_option("--max-connections", options.max_connections,
                 "Most connections at a time (default: what the open-file limit allows)")
      ->type_name("N")
      ->check(range(1, 10'000'000));
  app.add_option("--reactors", options.reactors,
                 "Threads that serve connections (default: one per processor)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMostReactors).description(""));
  StorageOptions storage;
  add_storage_options(app, storage, options.history);
  app.add_flag("--check", options.check,
               "Says whether the store is sound, and ends; a server may run on it");
  app.add_option("--backup", options.backup,
                 "Copies the store into a new file, and ends; a server may run on it")
      ->type_name("FILE")
      ->excludes("--check");
  app.add_option("--room-log-mib", room_log_mib, "MiB of its log that one room keeps in memory")
      ->type_name("MIB")
      ->check(range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--all-logs-mib", all_logs_mib, "MiB that the logs of all rooms keep in memory")
      ->type_name("MIB")
      ->check(range(1, 1'000'000))
      ->capture_default_str();
  add_timeout(app, "--hello-seconds", options.timeouts.hello, "Time to say hello in");
  add_timeout(app, "--ping-seconds", options.timeouts.silence, "Silence before a ping");
  add_timeout(app, "--pong-seconds", options.timeouts.pong, "Time to show life in after a ping");
  add_timeout(app, "--stall-seconds", options.timeouts.stalled,
              "Time that pending output may wait without any of it being taken");
  add_timeout(app, "--resume-seconds", options.detached.grace,
              "Time to come back in after the connection broke; 0: none", 0.0);
  add_timeout(app, "--lost-seconds", options.detached.unnoticed,
              "Time until the others are told of a broken connection");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return {std::nullopt, app.exit(help_or_version)};
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "chat-server: {}\n", error.what());
    return {std::nullopt, kUsageError};
  }
  if (const std::string fault = settle_storage(options, storage); !fault.empty()) {
    fmt::print(stderr, "chat-server: {}\n", fault);
    return {std::nullopt, kUsageError};
  }
  if (const std::string fault = add_addresses(options, listen); !fault.empty()) {
    fmt::print(stderr, "chat-server: {}\n", fault);
    return {std::nullopt, kUsageError};
  }
  options.room_log_bytes = room_log_mib * kMegabyte;
  options.all_logs_bytes = all_logs_mib * kMegabyte;
  return {std::move(options), 0};
}

}  // namespace chat::server
