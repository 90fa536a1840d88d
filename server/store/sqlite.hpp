// SQLite with owners and types. A failure is thrown as sqlite::Error; it stays inside the store,
// whose public functions give values. One thread at a time.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace chat::store::sqlite {

// What SQLite could not do; what() is in its words, and those of the system.
class Error : public std::runtime_error {
 public:
  Error(int code, int system_error, const std::string& words)
      : std::runtime_error(words), code_(code), system_error_(system_error) {}

  int code() const { return code_; }  // an extended one
  int primary_code() const { return code_ & 0xFF; }
  int system_error() const { return system_error_; }  // errno; 0: it was not the system

 private:
  int code_;
  int system_error_;
};

enum class Access {
  read,   // the file must be there
  write,  // it is made where there is none
};

// How long is waited for others at first.
inline constexpr std::chrono::milliseconds kPatience{5'000};

class Database {
 public:
  Database(const std::filesystem::path& file, Access access);

  // One statement or several, whose rows nobody wants.
  void run(const std::string& sql);
  // The first column of the first row; 0 or empty when there is none.
  std::int64_t number(std::string_view sql);
  std::string text(std::string_view sql);

  // Also of a file that was cut short, of which SQLite otherwise reads nothing: what is missing is
  // an error where it is asked for. To be called before anything is read. Precondition: opened for
  // reading alone.
  void read_what_is_there();
  // How long from now on others are waited for who have locked it.
  void set_patience(std::chrono::milliseconds patience);
  // Rows that the last statement changed.
  std::int64_t changes() const;
  bool in_transaction() const;
  sqlite3* handle() const { return handle_.get(); }

  [[noreturn]] void fail(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

// The rows of a query, from before the first. They end with this object, and with them the reading
// of the database.
class Rows {
 public:
  Rows(Database& database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // False: there is no other.
  bool next();

  // Of the row; 0 or empty where the column holds something else. Views live until next().
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;
  ByteView blob(int column) const;
  template <class T>
  T id(int column) const {
    return T{static_cast<typename T::rep>(integer(column))};
  }
  Sequence sequence(int column) const { return {static_cast<std::uint64_t>(integer(column))}; }
  WallTime time(int column) const { return {integer(column)}; }

 private:
  Database& database_;
  sqlite3_stmt* statement_;
};

// Prepared once, run often. Numbers of 64 bits without a sign are stored as those with the same
// bits. The database outlives it.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);

  // For what gives no rows. The values stand for ?1, ?2, …
  template <class... Values>
  void run(const Values&... values) {
    int place = 0;
    (bind(++place, values, Kept::by_caller), ...);
    finish();
  }

  // The values are copied. There are no other rows of the same statement meanwhile.
  template <class... Values>
  [[nodiscard]] Rows query(const Values&... values) {
    int place = 0;
    (bind(++place, values, Kept::as_copy), ...);
    return Rows(*database_, statement_.get());
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  // Until the statement is done.
  enum class Kept { by_caller, as_copy };

  template <std::integral T>
  void bind(int place, T value, Kept) {
    bind_integer(place, static_cast<std::int64_t>(value));
  }
  template <class Tag, class Rep>
  void bind(int place, Id<Tag, Rep> id, Kept kept) {
    bind(place, id.value, kept);
  }
  template <std::size_t N>
  void bind(int place, const std::array<std::uint8_t, N>& bytes, Kept kept) {
    bind(place, ByteView(bytes), kept);
  }
  void bind(int place, Sequence sequence, Kept kept) { bind(place, sequence.value, kept); }
  void bind(int place, WallTime time, Kept kept) { bind(place, time.milliseconds, kept); }
  void bind(int place, std::string_view text, Kept kept);
  void bind(int place, ByteView blob, Kept kept);
  void bind_integer(int place, std::int64_t value);
  void finish();

  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// All or nothing. Rolled back unless it was committed; also when committing failed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
};

}  // namespace chat::store::sqlite
