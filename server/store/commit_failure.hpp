// Why something could not be written.
#pragma once

#include <string>
#include <string_view>

#include "net/failure.hpp"

namespace chat::store {

namespace sqlite {
class Error;
}

struct CommitFailure {
  enum class Kind {
    full,        // no space; nothing of it is there
    failed,      // anything else; nothing of it is there
    not_synced,  // nothing written since the last sync is certain, and the process must end: the
                 // system may have dropped what it could not write, and would not say so again
  };
  Kind kind;
  std::string sentence;  // for people: what was being done, and what the system said
};

CommitFailure failure_of(const sqlite::Error& error, std::string_view doing);
CommitFailure failure_of(const net::Failure& failure, std::string_view doing);

}  // namespace chat::store
