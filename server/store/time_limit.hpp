// How long statements may take.
#pragma once

#include <chrono>

#include "server/store/sqlite.hpp"

namespace chat::store::sqlite {

// For as long as it lives: a statement that is at work behind the end fails. One at a time per
// database, which outlives it.
class TimeLimit {
 public:
  TimeLimit(Database& database, std::chrono::milliseconds most);
  ~TimeLimit();
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  bool has_passed() const { return std::chrono::steady_clock::now() >= end_; }
  // Whether a statement has failed for that reason.
  static bool is_of(const Error& error);

 private:
  Database& database_;
  std::chrono::steady_clock::time_point end_;
};

}  // namespace chat::store::sqlite
