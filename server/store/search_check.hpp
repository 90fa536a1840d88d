// Whether the search index says what the messages say.
#pragma once

#include "server/store/sqlite.hpp"

namespace chat::store {

// SQLite's own check would have to write. Reads both through, with little memory; a difference that
// is not seen has a chance of one in 2^64. Throws sqlite::Error, also where the index makes no
// sense.
bool search_index_agrees(sqlite::Database& database);

}  // namespace chat::store
