#include "server/store/search_check.hpp"

#include <absl/hash/hash.h>
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace chat::store {
namespace {

// Of a set of words with their places; in whichever order they come.
class WordSum {
 public:
  void add(std::string_view word, std::int64_t message, std::int64_t place) {
    sum_ += absl::HashOf(word, message, place);
    ++count_;
  }
  bool operator==(const WordSum&) const = default;

 private:
  std::uint64_t sum_ = 0;
  std::uint64_t count_ = 0;
};

fts5_api* full_text_search_of(sqlite3* handle) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

// The one that the search index was made with.
class Tokenizer {
 public:
  explicit Tokenizer(sqlite::Database& database) {
    fts5_api* const api = full_text_search_of(database.handle());
    void* context = nullptr;
    std::array<const char*, 2> arguments{"remove_diacritics", "2"};
    if (api == nullptr ||
        api->xFindTokenizer(api, "unicode61", &context, &functions_) != SQLITE_OK ||
        functions_.xCreate(context, arguments.data(), static_cast<int>(arguments.size()),
                           &tokenizer_) != SQLITE_OK)
      throw sqlite::Error(SQLITE_ERROR, 0, "there is no full-text search");
  }
  ~Tokenizer() {
    if (tokenizer_ != nullptr)
      functions_.xDelete(tokenizer_);
  }
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  void add_words(WordSum& to, std::int64_t message, std::string_view text) {
    Words words{to, message};
    const int code = functions_.xTokenize(tokenizer_, &words, FTS5_TOKENIZE_DOCUMENT, text.data(),
                                          static_cast<int>(text.size()), &Words::add);
    if (code != SQLITE_OK)
      throw sqlite::Error(code, 0, "a text cannot be taken apart");
  }

 private:
  struct Words {
    WordSum& sum;
    std::int64_t message;
    std::int64_t place = -1;

    static int add(void* context, int flags, const char* word, int bytes, int, int) {
      auto& words = *static_cast<Words*>(context);
      if ((flags & FTS5_TOKEN_COLOCATED) == 0 || words.place < 0)
        ++words.place;
      words.sum.add({word, static_cast<std::size_t>(bytes)}, words.message, words.place);
      return SQLITE_OK;
    }
  };

  fts5_tokenizer functions_{};
  Fts5Tokenizer* tokenizer_ = nullptr;
};

WordSum words_in_messages(sqlite::Database& database) {
  WordSum sum;
  Tokenizer tokenizer(database);
  sqlite::Statement statement(database, "SELECT message, text FROM messages");
  auto rows = statement.query();
  while (rows.next())
    tokenizer.add_words(sum, rows.integer(0), rows.text(1));
  return sum;
}

WordSum words_in_index(sqlite::Database& database) {
  WordSum sum;
  database.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search', 'instance')");
  sqlite::Statement statement(database, "SELECT term, doc, offset FROM temp.words");
  auto rows = statement.query();
  while (rows.next())
    sum.add(rows.text(0), rows.integer(1), rows.integer(2));
  return sum;
}

}  // namespace

bool search_index_agrees(sqlite::Database& database) {
  return words_in_messages(database) == words_in_index(database);
}

}  // namespace chat::store
