#include "bench/scenarios/client_options.hpp"

#include <CLI/CLI.hpp>
#include <system_error>

namespace chat::bench {
namespace {

// Where a build puts it; where an installation does.
std::filesystem::path usual_program() {
  std::error_code error;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  auto built = here.parent_path() / "client" / "chat-client";
  return std::filesystem::exists(built, error) ? built : here / "chat-client";
}

void add_program(CLI::App& client, ClientOptions& options) {
  options.client_program = usual_program();
  client.add_option("--client-program", options.client_program, "chat-client, which is measured")
      ->type_name("FILE")
      ->check(CLI::ExistingFile.description(""))
      ->capture_default_str();
  client.add_option("--columns", options.columns, "Width of its terminal")
      ->check(CLI::Range(20, 500))
      ->capture_default_str();
  client.add_option("--rows", options.rows, "Height of its terminal")
      ->check(CLI::Range(5, 200))
      ->capture_default_str();
}

void add_talk(CLI::App& client, ClientOptions& options) {
  client.add_option("--messages", options.messages, "What was said in the lobby before it comes")
      ->check(CLI::Range(std::uint64_t{2}, std::uint64_t{100'000'000}))
      ->capture_default_str();
  client
      .add_option("--quiet-messages", options.quiet_messages,
                  "Then so many, one at a time, each when the one before is shown")
      ->check(CLI::Range(1U, 10'000U))
      ->capture_default_str();
  client.add_option("--rate", options.rate, "Then so many messages per second")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  add_seconds_option(client, "--seconds", options.seconds,
                     "So long three times: while nobody types, while somebody types, and while a "
                     "key is pressed as soon as the one before is shown");
  client
      .add_option("--pages", options.pages,
                  "Then so many pages are scrolled up, or all up to the first message")
      ->check(CLI::Range(2U, 1'000'000U))
      ->capture_default_str();
  client.add_option("--senders", options.senders, "How many people say all that")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  add_text_bytes_option(client, options.text_bytes)->capture_default_str();
}

}  // namespace

CLI::App& add_scenario(CLI::App& app, ClientOptions& options) {
  CLI::App& client = *app.add_subcommand(
      "client", "Starts a server and chat-client in a terminal, and measures what a user feels");
  add_run_options(client, options);
  add_program(client, options);
  add_talk(client, options);
  add_own_server_options(client, options);
  return client;
}

}  // namespace chat::bench
