// All scenarios. Each has in its `<name>_options.hpp` a struct of options, from which all else
// follows by overloads of two functions:
//
//     CLI::App& add_scenario(CLI::App& app, Options& options);
//         // adds the subcommand, which fills in the options; they outlive the app
//     std::expected<Report, std::string> run_scenario(const Options& options);
//         // blocks until it is over; the error is a sentence, and there is nothing to report
#pragma once

#include <variant>

#include "bench/scenarios/burden_options.hpp"
#include "bench/scenarios/churn_options.hpp"
#include "bench/scenarios/client_options.hpp"
#include "bench/scenarios/commit_options.hpp"
#include "bench/scenarios/crash_options.hpp"
#include "bench/scenarios/fanout_options.hpp"
#include "bench/scenarios/faults_options.hpp"
#include "bench/scenarios/idle_options.hpp"
#include "bench/scenarios/resume_options.hpp"
#include "bench/scenarios/rooms_options.hpp"
#include "bench/scenarios/slow_options.hpp"
#include "bench/scenarios/storm_options.hpp"
#include "bench/scenarios/sync_options.hpp"
#include "bench/scenarios/whisper_options.hpp"

namespace chat::bench {

// A scenario that is added here is offered by the command line and run by main.
using ScenarioOptions =
    std::variant<FanoutOptions, RoomsOptions, WhisperOptions, StormOptions, IdleOptions,
                 ChurnOptions, SlowOptions, FaultsOptions, CrashOptions, CommitOptions, SyncOptions,
                 ResumeOptions, BurdenOptions, ClientOptions>;

}  // namespace chat::bench
