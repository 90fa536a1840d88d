#include "server/store/time_limit.hpp"

#include <sqlite3.h>

namespace chat::store::sqlite {
namespace {

// A page that the full-text search reads takes a few.
constexpr int kOperationsBetween = 100;

}  // namespace

TimeLimit::TimeLimit(Database& database, std::chrono::milliseconds most)
    : database_(database), end_(std::chrono::steady_clock::now() + most) {
  sqlite3_progress_handler(
      database.handle(), kOperationsBetween,
      [](void* limit) { return static_cast<const TimeLimit*>(limit)->has_passed() ? 1 : 0; }, this);
}

TimeLimit::~TimeLimit() {
  sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr);
}

bool TimeLimit::is_of(const Error& error) {
  return error.primary_code() == SQLITE_INTERRUPT;
}

}  // namespace chat::store::sqlite
