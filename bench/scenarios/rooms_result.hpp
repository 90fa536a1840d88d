// What came out of a run of "rooms" or "fanout".
#pragma once

#include <string>
#include <string_view>

#include "bench/load/histogram.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/troubles.hpp"
#include "bench/load/verdict.hpp"

namespace chat::bench {

struct RoomsResult {
  Verdict verdict;
  Histogram latency;  // of every delivery
  // Of every message: until the last client of its room had it. Only known when one process has
  // them all.
  Histogram last_delivery;
  Duration connecting{};  // first connect to last welcome
  Duration delivering{};  // first message to last delivery
  Duration own_cpu{};     // of this tool, while delivering
  ServerUse entering;     // of the server, while the clients came in
  ServerUse server;       // of the server, while delivering
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
};

// Adds what another process of the same run has.
void merge(RoomsResult& into, const RoomsResult& other);

// For the way from one process of this program to another.
std::string to_bytes(const RoomsResult& result);
RoomsResult from_bytes(std::string_view bytes);

}  // namespace chat::bench
