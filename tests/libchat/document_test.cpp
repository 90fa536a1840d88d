// PROTOCOL.md says what the declarations in the headers of messages and in vocabulary.hpp say.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "libchat/name.hpp"
#include "libchat/protocol.hpp"
#include "libchat/read_positions.hpp"
#include "tests/libchat/message_name.hpp"
#include "tests/libchat/source_file.hpp"

namespace chat::protocol {
namespace {

struct DocumentedField {
  std::string name;
  std::string type;
  bool operator==(const DocumentedField&) const = default;
};

using DocumentedFields = std::vector<DocumentedField>;

std::string render(const DocumentedFields& fields) {
  std::string text;
  for (const auto& [name, type] : fields)
    text += name + ": " + type + "\n";
  return text;
}

std::vector<std::string> document_lines() {
  return test::lines_of("libchat/PROTOCOL.md");
}

std::string document_text() {
  std::string text;
  for (const std::string& line : document_lines())
    text += line + " ";
  return text;
}

// --- what the document says ----------------------------------------------------------------------

// The cells of a row of a table, or nothing.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  if (!line.starts_with('|') || line.starts_with("|--"))
    return cells;
  for (std::size_t begin = 1, end; (end = line.find('|', begin)) != line.npos; begin = end + 1) {
    const auto first = line.find_first_not_of(' ', begin);
    const auto last = line.find_last_not_of(' ', end - 1);
    cells.push_back(first < end ? line.substr(first, last - first + 1) : "");
  }
  return cells;
}

// The rows, without their header, of the tables below each heading of a message, by "name 0xNN".
std::map<std::string, DocumentedFields> documented_messages() {
  std::map<std::string, DocumentedFields> messages;
  DocumentedFields* fields = nullptr;
  for (const std::string& line : document_lines()) {
    if (line.starts_with("### ") && line.find(" 0x") != line.npos)
      fields = &messages[line.substr(4)];
    else if (line.starts_with('#'))
      fields = nullptr;
    const auto cells = cells_of(line);
    if (fields != nullptr && cells.size() >= 2 && cells[0] != "field")
      fields->push_back({cells[0], cells[1]});
  }
  return messages;
}

// The fields in "A **person** is `user` (`u64`), ...", which ends with a full stop.
DocumentedFields documented_record(const std::string& name) {
  const std::string text = document_text();
  const auto begin = text.find("**" + name + "** is");
  REQUIRE(begin != text.npos);
  const auto end = text.find('.', begin);
  DocumentedFields fields;
  std::vector<std::string> quoted;  // a name, its type, a name, its type, ...
  for (std::size_t open, close = begin; (open = text.find('`', close + 1)) < end;) {
    close = text.find('`', open + 1);
    quoted.push_back(text.substr(open + 1, close - open - 1));
  }
  for (std::size_t i = 0; i + 1 < quoted.size(); i += 2)
    fields.push_back({quoted[i], quoted[i + 1]});
  return fields;
}

// Code to name, of the table below a heading.
std::map<int, std::string> documented_codes(const std::string& heading) {
  std::map<int, std::string> codes;
  bool inside = false;
  for (const std::string& line : document_lines()) {
    if (line.starts_with('#'))
      inside = line == heading;
    const auto cells = cells_of(line);
    if (inside && cells.size() >= 2 && cells[0] != "code")
      codes[std::stoi(cells[0])] = cells[1];
  }
  return codes;
}

// --- what the declarations say -------------------------------------------------------------------

template <class T>
struct TypeName;
template <class T>
struct TypeName<std::vector<T>> {
  static std::string get() { return "list of " + TypeName<T>::get(); }
};
template <class Tag, class Rep>
struct TypeName<Id<Tag, Rep>> {
  static std::string get() { return TypeName<Rep>::get(); }
};

#define EDGECHAT_TYPE_NAME(type, name) \
  template <>                          \
  struct TypeName<type> {              \
    static std::string get() {         \
      return name;                     \
    }                                  \
  }
EDGECHAT_TYPE_NAME(std::uint8_t, "u8");
EDGECHAT_TYPE_NAME(std::uint16_t, "u16");
EDGECHAT_TYPE_NAME(std::uint32_t, "u32");
EDGECHAT_TYPE_NAME(std::uint64_t, "u64");
EDGECHAT_TYPE_NAME(bool, "bool");
EDGECHAT_TYPE_NAME(Sequence, "u64");
EDGECHAT_TYPE_NAME(WallTime, "time");
EDGECHAT_TYPE_NAME(MessageId, "id128");
EDGECHAT_TYPE_NAME(IdentityId, "id128");
EDGECHAT_TYPE_NAME(IdentitySecret, "id128");
EDGECHAT_TYPE_NAME(PresenceState, "presence_state");
EDGECHAT_TYPE_NAME(DurabilityClaim, "durability");
EDGECHAT_TYPE_NAME(PresenceChange, "presence_change");
EDGECHAT_TYPE_NAME(LastRead, "last_read");
EDGECHAT_TYPE_NAME(std::string, "string");
EDGECHAT_TYPE_NAME(MessageKind, "kind");
EDGECHAT_TYPE_NAME(RoomKind, "room_kind");
EDGECHAT_TYPE_NAME(ErrorCode, "code");
EDGECHAT_TYPE_NAME(CloseReason, "close_reason");
EDGECHAT_TYPE_NAME(LeaveReason, "leave_reason");
EDGECHAT_TYPE_NAME(NoticeCode, "notice_code");
EDGECHAT_TYPE_NAME(Person, "person");
EDGECHAT_TYPE_NAME(Departure, "departure");
EDGECHAT_TYPE_NAME(RoomSummary, "room_summary");
EDGECHAT_TYPE_NAME(HistoryMessage, "history_message");
EDGECHAT_TYPE_NAME(SearchHit, "search_hit");
#undef EDGECHAT_TYPE_NAME

template <class Owner, class Value>
DocumentedField describe(const wire::Field<Owner, Value>& field) {
  return {field.name, TypeName<Value>::get()};
}

template <class T>
DocumentedFields declared_fields() {
  return std::apply([](const auto&... f) { return DocumentedFields{describe(f)...}; }, T::fields());
}

template <class Message>
std::string heading_of() {
  return fmt::format("{} 0x{:02X}", test::name_of(Message::type),
                     static_cast<unsigned>(Message::type));
}

template <class Variant>
void collect(std::map<std::string, DocumentedFields>& declared) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((declared[heading_of<std::variant_alternative_t<I, Variant>>()] =
          declared_fields<std::variant_alternative_t<I, Variant>>()),
     ...);
  }(std::make_index_sequence<std::variant_size_v<Variant>>{});
}

std::map<std::string, DocumentedFields> declared_messages() {
  std::map<std::string, DocumentedFields> declared;
  collect<ClientMessage>(declared);
  collect<ServerMessage>(declared);
  return declared;
}

template <class Enum>
std::map<int, std::string> declared_codes() {
  std::map<int, std::string> codes;
  for (int value = 0; value < 256; ++value)
    if (const auto code = static_cast<Enum>(value); is_known(code))
      codes[value] = name_of(code);
  return codes;
}

// --- and that it is the same ---------------------------------------------------------------------

TEST_CASE("each message is documented with its number and its fields") {
  auto documented = documented_messages();
  for (const auto& [heading, fields] : declared_messages()) {
    CAPTURE(heading);
    CHECK(documented.contains(heading));
    CHECK(render(documented[heading]) == render(fields));
  }
}

TEST_CASE("no message is documented that does not exist") {
  const auto declared = declared_messages();
  for (const auto& [heading, fields] : documented_messages()) {
    CAPTURE(heading);
    CHECK(declared.contains(heading));
  }
}

TEST_CASE("the records inside messages are documented with their fields") {
  CHECK(render(documented_record("person")) == render(declared_fields<Person>()));
  CHECK(render(documented_record("departure")) == render(declared_fields<Departure>()));
  CHECK(render(documented_record("room_summary")) == render(declared_fields<RoomSummary>()));
  CHECK(render(documented_record("presence_change")) == render(declared_fields<PresenceChange>()));
  CHECK(render(documented_record("last_read")) == render(declared_fields<LastRead>()));
  CHECK(render(documented_record("history_message")) == render(declared_fields<HistoryMessage>()));
  CHECK(render(documented_record("search_hit")) == render(declared_fields<SearchHit>()));
}

TEST_CASE("the tables of error codes and close reasons are the enums") {
  CHECK(documented_codes("## Error codes") == declared_codes<ErrorCode>());
  CHECK(documented_codes("## Close reasons") == declared_codes<CloseReason>());
}

TEST_CASE("the small enums are documented with their values") {
  const std::string text = document_text();
  for (const char* const values :
       {"`kind`: 1 text, 2 action", "`room_kind`: 1 open, 2 pair", "`leave_reason`: 1 left",
        ", 2 quit (", ", 3 lost (", "`presence_state`: 1 here, 2 lost (",
        "`notice_code`: 1 disk_full (", ", 2 disk_recovered (",
        "`durability`, of what is acknowledged: 0 unsaid, 1 none (", ", 2 process (",
        ", 3 power ("}) {
    CAPTURE(values);
    CHECK(text.find(values) != text.npos);
  }
  CHECK(declared_codes<LeaveReason>() ==
        std::map<int, std::string>{{1, "left"}, {2, "quit"}, {3, "lost"}});
  CHECK(declared_codes<NoticeCode>() ==
        std::map<int, std::string>{{1, "disk_full"}, {2, "disk_recovered"}});
  CHECK(declared_codes<DurabilityClaim>() ==
        std::map<int, std::string>{{0, "unsaid"}, {1, "none"}, {2, "process"}, {3, "power"}});
}

TEST_CASE("the limits are documented") {
  const std::string text = document_text();
  static_assert(kMaxFrameLength == 16'384 && kMaxTextBytes == 4'096 && kMaxNameBytes == 128);
  static_assert(kMaxNameColumns == 32 && kMaxNameField == 1'024 && kMaxSentenceBytes == 512);
  static_assert(kDefaultPort == 1338 && kProtocolVersion == 4);
  static_assert(ReadLimits{}.of_user == 2'048 && ReadLimits{}.in_all == 2'000'000);
  for (const char* const limit :
       {"at most 16,384", "1 to 4,096 bytes", "at most 128 bytes", "1 to 32 columns",
        "names 1,024 bytes, sentences 512", "port 1338", "The edgechat protocol, version 4",
        "the highest version the client speaks; this is 4", "2,048 rooms and pairs of a user",
        "2,000,000 in all"}) {
    CAPTURE(limit);
    CHECK(text.find(limit) != text.npos);
  }
}

TEST_CASE("every code and reason has a sentence of its own") {
  std::map<std::string_view, int> sentences;
  for (const auto& [value, name] : declared_codes<ErrorCode>())
    ++sentences[describe(static_cast<ErrorCode>(value))];
  for (const auto& [value, name] : declared_codes<CloseReason>())
    ++sentences[describe(static_cast<CloseReason>(value))];
  for (const auto& [value, name] : declared_codes<NoticeCode>())
    ++sentences[describe(static_cast<NoticeCode>(value))];
  for (const auto& [sentence, times] : sentences) {
    CAPTURE(sentence);
    CHECK(times == 1);
    CHECK(sentence.ends_with('.'));
    CHECK(sentence.size() <= kMaxSentenceBytes);
  }
}

}  // namespace
}  // namespace chat::protocol
