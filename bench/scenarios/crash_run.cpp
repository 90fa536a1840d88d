// What the scenario "crash" needs before anybody can connect: a store, and a server on it.
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/run_folder.hpp"
#include "bench/scenarios/crash.hpp"

namespace chat::bench {
namespace {

// The one that was installed, or built, together with this program.
std::expected<std::filesystem::path, std::string> find_server_program() {
  std::error_code error;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const auto& place : {here / "chat-server", here.parent_path() / "server" / "chat-server"})
    if (::access(place.c_str(), X_OK) == 0)
      return place;
  return std::unexpected("there is no chat-server beside " + here.string() +
                         "; --server-program says where it is");
}

std::expected<std::vector<std::string>, std::string> server_command(
    const CrashOptions& options, const std::filesystem::path& folder) {
  std::string program = options.server_program;
  if (program.empty()) {
    const auto found = find_server_program();
    if (!found)
      return std::unexpected(found.error());
    program = *found;
  }
  std::vector<std::string> command{program, "--listen",     "127.0.0.1:0",      "--data",
                                   folder,  "--durability", options.durability, "--log-level",
                                   "warn"};
  command.insert(command.end(), options.server_options.begin(), options.server_options.end());
  return command;
}

std::expected<net::SocketAddress, std::string> wait_for_address(ServerProgram& server,
                                                                Duration patience) {
  const Instant end = Clock::now() + patience;
  while (Clock::now() < end) {
    // In this order: what it wrote before it ended is not missed.
    const auto ended = server.ended();
    if (const auto address = server.address())
      return *address;
    if (ended)
      return std::unexpected(*ended);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return std::unexpected("the server does not say where it listens");
}

}  // namespace

std::expected<Report, std::string> run_scenario(const CrashOptions& options) {
  const auto folder = options.data.empty() ? RunFolder::temporary() : RunFolder::at(options.data);
  if (!folder)
    return std::unexpected(folder.error());
  auto command = server_command(options, folder->path());
  if (!command)
    return std::unexpected(command.error());
  auto server = ServerProgram::start(*command);
  if (!server)
    return std::unexpected(server.error());
  const auto address = wait_for_address(*server, options.patience);
  if (!address)
    return std::unexpected(address.error());
  auto pool = open_pool(*address, options.clients);
  if (!pool)
    return std::unexpected(pool.error());
  Crash crash(options, std::move(*command), std::move(*server), std::move(*pool));
  const auto result = crash.run();
  if (!result)
    return std::unexpected(result.error());
  return report_of(options, *result);
}

}  // namespace chat::bench
