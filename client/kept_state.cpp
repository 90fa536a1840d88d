#include "client/kept_state.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "client/editor.hpp"
#include "client/hex.hpp"
#include "libchat/name.hpp"
#include "libchat/protocol.hpp"
#include "libchat/vocabulary.hpp"

// The lines of a file, each a JSON object; later ones change what earlier ones say:
//   {"identity": hex, "secret": hex}           who one is
//   {"token": hex}                             the session that was not ended; "" for none
//   {"said": {"id": hex, "room": name, "to": nickname, "user": number, "epoch": number,
//             "kind": number, "text": text, "time": milliseconds, "attempted": bool}}
//   {"attempted": id}, {"done": id}            see State
//   {"given_up": id, "why": text}
//   {"pair": {"room": number, "user": number, "name": nickname, "epoch": number, "read": number}}
//   {"pair_gone": number}
//   {"room": name}, {"room_gone": name}        one is in it; one has left it
//   {"draft": {"room": name, "user": number, "epoch": number, "text": text}}
//                                              "" when nothing is written there any more; of a
//                                              conversation with somebody who is known it is the
//                                              user that counts

namespace chat::client {
namespace {

using Json = nlohmann::json;

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const UnsentMessage& message) {
  return {{"id", to_hex(message.id)},
          {"room", message.room},
          {"to", message.to},
          {"user", message.to_user.value},
          {"epoch", message.epoch.value},
          {"kind", static_cast<unsigned>(message.kind)},
          {"text", message.text},
          {"time", message.time.milliseconds},
          {"attempted", message.attempted}};
}

std::optional<MessageId> id_of(const Json& json) {
  return json.is_string() ? id_from_hex(json.get_ref<const std::string&>()) : std::nullopt;
}

// These give nothing when it makes no sense, and throw Json::exception where a value is missing or
// of another type.

std::optional<Credentials> credentials_of(const Json& json) {
  const auto identity = id_of(json.at("identity"));
  const auto secret = id_of(json.at("secret"));
  if (!identity || !secret)
    return std::nullopt;
  return Credentials{{*identity}, {*secret}, {}};
}

// Whether a server could take it. A file may have been damaged, or written by hand.
bool can_be_sent(const UnsentMessage& message) {
  const bool has_place = message.is_whisper() ? Nickname::make(message.to).has_value()
                                              : RoomName::make(message.room).has_value();
  return has_place && is_known(message.kind) && !message.text.empty() &&
         message.text.size() <= kMaxTextBytes;
}

std::optional<UnsentMessage> message_of(const Json& json) {
  const auto id = id_of(json.value("id", Json()));
  if (!id)
    return std::nullopt;
  UnsentMessage message{.id = *id,
                        .room = json.value("room", ""),
                        .to = json.value("to", ""),
                        .to_user = {json.value("user", std::uint64_t{0})},
                        .epoch = {json.value("epoch", std::uint64_t{0})},
                        .kind = static_cast<MessageKind>(json.value("kind", 1U)),
                        .text = json.value("text", ""),
                        .time = {json.value("time", std::int64_t{0})},
                        .attempted = json.value("attempted", true)};
  return can_be_sent(message) ? std::optional(std::move(message)) : std::nullopt;
}

Json json_of(const KnownPair& pair) {
  return {{"room", pair.room.value},
          {"user", pair.other.value},
          {"name", pair.name},
          {"epoch", pair.epoch.value},
          {"read", pair.read.value}};
}

std::optional<RoomId> room_of(const Json& json) {
  const auto number = json.get<std::uint64_t>();
  if (number == 0 || number > std::numeric_limits<RoomId::rep>::max())
    return std::nullopt;
  return RoomId{static_cast<RoomId::rep>(number)};
}

std::optional<KnownPair> pair_of(const Json& json) {
  const auto room = room_of(json.at("room"));
  if (!room)
    return std::nullopt;
  KnownPair pair{.room = *room,
                 .other = {json.value("user", std::uint64_t{0})},
                 .name = json.value("name", ""),
                 .epoch = {json.value("epoch", std::uint64_t{0})},
                 .read = {json.value("read", std::uint64_t{0})}};
  return Nickname::make(pair.name) ? std::optional(std::move(pair)) : std::nullopt;
}

std::optional<Bytes> token_of(const Json& json) {
  auto token = from_hex(json.get<std::string>());
  return token && token->size() <= protocol::kMaxTokenBytes ? std::move(token) : std::nullopt;
}

// What could have been typed.
bool is_input(std::string_view text) {
  return text.size() <= kMaxInputBytes && std::ranges::none_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return (byte < 0x20 && c != '\n') || byte == 0x7F;
         });
}

bool take_over_draft(KeptState& kept, const Json& json) {
  constexpr std::size_t kMaxNameBytes = 1024;
  const KeptDraft draft{.room = json.at("room").get<std::string>(),
                        .other = {json.value("user", std::uint64_t{0})},
                        .epoch = {json.value("epoch", std::uint64_t{0})},
                        .text = json.at("text").get<std::string>()};
  const bool has_room = !draft.room.empty() && draft.room.size() <= kMaxNameBytes;
  if (!has_room || !is_input(draft.text))
    return false;
  kept.keep_draft(draft);
  return true;
}

bool take_over_room(KeptState& kept, const Json& json) {
  const bool is_gone = json.contains("room_gone");
  const auto name = json[is_gone ? "room_gone" : "room"].get<std::string>();
  if (!RoomName::make(name))
    return false;
  if (is_gone)
    kept.forget_room(name);
  else
    kept.keep_room(name);
  return true;
}

template <class T>
bool assign(T& to, std::optional<T> from) {
  if (from)
    to = std::move(*from);
  return from.has_value();
}

bool take_over_news(KeptState& kept, std::string_view what, const Json& json) {
  const auto id = id_of(json.at(what));
  if (!id)
    return false;
  if (what == "attempted")
    kept.unsent.mark_attempted(*id);
  else if (what == "done")
    kept.forget(*id);
  else
    kept.give_up(*id, json.at("why").get<std::string>());
  return true;
}

bool take_over_pair(KeptState& kept, const Json& json) {
  if (json.contains("pair_gone")) {
    const auto room = room_of(json["pair_gone"]);
    if (room)
      kept.forget_pair(*room);
    return room.has_value();
  }
  auto pair = pair_of(json.at("pair"));
  if (pair)
    kept.keep_pair(*pair);
  return pair.has_value();
}

// The pairs of another identity are another person's.
bool take_over_identity(KeptState& kept, const Json& json) {
  const IdentityId before = kept.credentials.identity;
  if (!assign(kept.credentials, credentials_of(json)))
    return false;
  if (kept.credentials.identity != before)
    kept.pairs.clear();
  return true;
}

}  // namespace

bool KeptState::knows(const MessageId& id) const {
  return unsent.find(id) != nullptr ||
         std::ranges::any_of(given_up, [&](const GivenUp& one) { return one.message.id == id; });
}

void KeptState::give_up(const MessageId& id, std::string why) {
  auto message = unsent.take(id);
  if (!message)
    return;
  if (given_up.size() == kMostGivenUp)
    given_up.erase(given_up.begin());
  given_up.push_back({std::move(*message), std::move(why)});
}

void KeptState::forget(const MessageId& id) {
  unsent.take(id);
  std::erase_if(given_up, [&](const GivenUp& one) { return one.message.id == id; });
}

bool KeptState::keep_pair(KnownPair pair) {
  if (std::ranges::find(pairs, pair) != pairs.end())
    return false;
  forget_pair(pair.room);
  if (pairs.size() == kMostPairs)
    pairs.erase(pairs.begin());
  pairs.push_back(std::move(pair));
  return true;
}

bool KeptState::forget_pair(RoomId room) {
  return std::erase_if(pairs, [&](const KnownPair& pair) { return pair.room == room; }) > 0;
}

bool KeptState::keep_draft(const KeptDraft& draft) {
  const auto found = std::ranges::find_if(
      drafts, [&](const KeptDraft& one) { return one.is_of_same_place(draft); });
  const bool is_known = found != drafts.end();
  if (is_known ? *found == draft : draft.text.empty())
    return false;
  if (is_known)
    drafts.erase(found);
  else if (drafts.size() == kMostDrafts)
    drafts.erase(drafts.begin());
  if (!draft.text.empty())
    drafts.push_back(draft);
  return true;
}

bool KeptState::keep_room(std::string_view name) {
  const auto wanted = RoomName::make(name);
  const auto is_meant = [&](const std::string& room) { return RoomName::make(room) == wanted; };
  if (!wanted || rooms.size() >= kMostRooms || std::ranges::any_of(rooms, is_meant))
    return false;
  rooms.emplace_back(name);
  return true;
}

bool KeptState::forget_room(std::string_view name) {
  const auto gone = RoomName::make(name);
  return std::erase_if(rooms,
                       [&](const std::string& room) { return RoomName::make(room) == gone; }) > 0;
}

bool KeptState::take_over(std::string_view line) try {
  const Json json = Json::parse(line);
  if (json.contains("identity"))
    return take_over_identity(*this, json);
  if (json.contains("pair") || json.contains("pair_gone"))
    return take_over_pair(*this, json);
  if (json.contains("token"))
    return assign(credentials.token, token_of(json["token"]));
  if (json.contains("said")) {
    auto message = message_of(json["said"]);
    // A client that was killed while it wrote the file anew has left old lines behind the new ones.
    if (message && !knows(message->id))
      unsent.add(*message);
    return message.has_value();
  }
  if (json.contains("room") || json.contains("room_gone"))
    return take_over_room(*this, json);
  if (json.contains("draft"))
    return take_over_draft(*this, json["draft"]);
  for (const char* const what : {"attempted", "done", "given_up"})
    if (json.contains(what))
      return take_over_news(*this, what, json);
  return false;
} catch (const Json::exception&) {
  return false;
}

std::vector<std::string> KeptState::lines() const {
  std::vector<std::string> lines{identity_line(credentials), token_line(credentials)};
  for (const auto& [message, why] : given_up) {
    lines.push_back(said_line(message));
    lines.push_back(given_up_line(message.id, why));
  }
  for (const UnsentMessage& message : unsent.messages())
    lines.push_back(said_line(message));
  for (const KnownPair& pair : pairs)
    lines.push_back(pair_line(pair));
  for (const std::string& room : rooms)
    lines.push_back(room_line(room));
  for (const KeptDraft& draft : drafts)
    lines.push_back(draft_line(draft));
  return lines;
}

std::string identity_line(const Credentials& credentials) {
  return line_of({{"identity", to_hex(credentials.identity.value)},
                  {"secret", to_hex(credentials.secret.value)}});
}

std::string token_line(const Credentials& credentials) {
  return line_of({{"token", to_hex(credentials.token)}});
}

std::string said_line(const UnsentMessage& message) {
  return line_of({{"said", json_of(message)}});
}

std::string attempted_line(const MessageId& id) {
  return line_of({{"attempted", to_hex(id)}});
}

std::string done_line(const MessageId& id) {
  return line_of({{"done", to_hex(id)}});
}

std::string pair_line(const KnownPair& pair) {
  return line_of({{"pair", json_of(pair)}});
}

std::string pair_gone_line(RoomId room) {
  return line_of({{"pair_gone", room.value}});
}

std::string room_line(std::string_view name) {
  return line_of({{"room", name}});
}

std::string room_gone_line(std::string_view name) {
  return line_of({{"room_gone", name}});
}

std::string draft_line(const KeptDraft& draft) {
  Json json = {{"room", draft.room}, {"text", draft.text}};
  if (draft.other != UserId{}) {
    json["user"] = draft.other.value;
    json["epoch"] = draft.epoch.value;
  }
  return line_of({{"draft", std::move(json)}});
}

std::string given_up_line(const MessageId& id, std::string_view why) {
  return line_of({{"given_up", to_hex(id)}, {"why", why}});
}

}  // namespace chat::client
