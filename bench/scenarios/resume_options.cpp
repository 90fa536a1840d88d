#include "bench/scenarios/resume_options.hpp"

#include <CLI/CLI.hpp>

namespace chat::bench {

CLI::App& add_scenario(CLI::App& app, ResumeOptions& options) {
  CLI::App& resume = *app.add_subcommand(
      "resume", "Starts a server; clients who have missed messages all come back at once");
  add_run_options(resume, options);
  add_clients_option(resume, options)->required();
  resume.add_option("--missed", options.missed, "Messages that each of them has missed")
      ->required()
      ->check(CLI::Range(1U, 10'000'000U));
  resume.add_flag("--restart", options.restart,
                  "Restart the server before, so that it has nothing in memory");
  add_text_bytes_option(resume, options.text_bytes)->capture_default_str();
  resume
      .add_option("--bystanders-rate", options.bystanders_rate,
                  "Messages per second of two bystanders in another room")
      ->check(CLI::Range(1.0, 1e5))
      ->capture_default_str();
  add_seconds_option(resume, "--quiet", options.quiet,
                     "How long only the bystanders talk, before and after");
  add_own_server_options(resume, options);
  add_disk_option(resume, options);
  return resume;
}

}  // namespace chat::bench
