// The tables of a store, and how those of older versions become them.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace chat::store {

namespace sqlite {
class Database;
}

// Stands in the header of every store's file: "edgC".
inline constexpr std::int32_t kApplicationId = 0x65646743;
inline constexpr int kSchema = 2;

// Whether it is a store that this version can read; otherwise a sentence says what it is. Throws
// sqlite::Error, as all here.
std::expected<void, std::string> check_schema(sqlite::Database& database);

// Makes it one of this version, with a write-ahead log: from nothing, from an older one, or from a
// backup. An interrupted making is taken up again.
std::expected<void, std::string> bring_up_to_date(sqlite::Database& database);

// Says the same as before, but is written. Within a transaction.
void write_schema_again(sqlite::Database& database);

}  // namespace chat::store
