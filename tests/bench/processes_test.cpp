#include "bench/load/processes.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>

#include "bench/load/run_state.hpp"

using namespace chat::bench;

namespace {

using Part = std::expected<std::string, std::string>;

}  // namespace

TEST_CASE("what each process gave comes back, however much it is") {
  const auto work = [](std::uint32_t process) -> Part {
    return std::string(1'000'000 * process, static_cast<char>('a' + process)) + "end";
  };
  const auto parts = run_in_processes(3, work);
  REQUIRE(parts.has_value());
  REQUIRE(parts->size() == 3);
  CHECK(parts->at(0) == "end");
  CHECK(parts->at(2) == std::string(2'000'000, 'c') + "end");
}

TEST_CASE("a process that fails ends the others and tells why") {
  const auto work = [](std::uint32_t process) -> Part {
    if (process == 1)
      return std::unexpected("there is no more chalk");
    while (true)
      pause();
  };
  const auto parts = run_in_processes(3, work);
  REQUIRE_FALSE(parts.has_value());
  CHECK(parts.error() == "there is no more chalk");
}

TEST_CASE("a process that dies ends the others and is told of") {
  const auto work = [](std::uint32_t process) -> Part {
    if (process == 1)
      raise(SIGKILL);
    while (true)
      pause();
  };
  const auto parts = run_in_processes(2, work);
  REQUIRE_FALSE(parts.has_value());
  CHECK(parts.error() == "process 2 of 2 of this tool was ended by signal 9");
}

TEST_CASE("processes count together, and know when all are as far") {
  auto state = RunState::make(2, 3);
  REQUIRE(state.has_value());
  const auto work = [&](std::uint32_t process) -> Part {
    for (int i = 0; i < 1000; ++i)
      while (!state->take_turn(state->sent())) {
      }
    state->sent_by()[process].fetch_add(process + 1);
    state->reach(Stage::sent);
    while (!state->reached_by_all(Stage::sent)) {
    }
    return std::to_string(state->sent());
  };
  const auto parts = run_in_processes(2, work);
  REQUIRE(parts.has_value());
  for (const std::string& part : *parts)
    CHECK(part == "2000");
  CHECK(state->sent_by()[0] == 1);
  CHECK(state->sent_by()[1] == 2);
  CHECK(state->sent_by()[2] == 0);
  CHECK_FALSE(state->reached_by_all(Stage::complete));
}
