#include "tools/pipe/events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <variant>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat::pipe {
namespace {

using Json = nlohmann::ordered_json;

// "2026-11-29T12:03:04.567Z"; null for what is no time of any calendar.
Json time_of(WallTime when) {
  std::time_t seconds = when.milliseconds / 1000;
  auto milliseconds = when.milliseconds % 1000;
  if (milliseconds < 0) {
    --seconds;
    milliseconds += 1000;
  }
  std::tm utc{};
  if (::gmtime_r(&seconds, &utc) == nullptr)
    return nullptr;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900L,
                     utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                     milliseconds);
}

// As JSON has it: the same text for a program, and nothing for a terminal to obey. None of these
// characters needs two of them (UTF-16).
std::string escaped(std::string_view json) {
  std::string safe;
  while (!json.empty()) {
    const auto [code_point, bytes] = first_code_point(json);
    if (is_control(code_point))
      safe += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code_point));
    else
      safe += json.substr(0, bytes);
    json.remove_prefix(bytes);
  }
  return safe;
}

std::string_view name_of(PresenceState state) {
  return state == PresenceState::lost ? "lost" : "here";
}

}  // namespace

void Events::received(const protocol::ServerMessage& message, const Deliveries& deliveries,
                      WallTime now) {
  now_ = now;
  if (const auto* answer = std::get_if<protocol::Acknowledged>(&message))
    acknowledged(*answer, deliveries);
  else
    std::visit([this](const auto& m) { on(m); }, message);
}

void Events::lost(std::string_view why, WallTime now) {
  now_ = now;
  const std::string said = std::exchange(goodbye_, {});
  if (std::exchange(connected_, false))
    tell({{"event", "disconnected"}, {"time", time_of(now)}, {"why", said.empty() ? why : said}});
}

void Events::failed(const Deliveries::Failed& failed, WallTime now) {
  tell({{"event", "failed"},
        {"time", time_of(now)},
        {"line", failed.said.line},
        {"text", failed.said.text},
        {"why", failed.why}});
}

void Events::error(std::string_view sentence, WallTime now) {
  tell({{"event", "error"}, {"time", time_of(now)}, {"sentence", sentence}});
}

void Events::acknowledged(const protocol::Acknowledged& acknowledged,
                          const Deliveries& deliveries) {
  const Deliveries::Said* const said = deliveries.find(acknowledged.id);
  const Followed* const room = find_room(acknowledged.room);
  if (said != nullptr)
    tell({{"event", "acknowledged"},
          {"time", time_of(acknowledged.time)},
          {"room", room != nullptr ? room->name : room_.shown()},
          {"sequence", acknowledged.sequence.value},
          {"line", said->line}});
}

void Events::on(const protocol::Welcome& welcome) {
  max_text_bytes_ = welcome.max_text_bytes;
  connected_ = true;
  resumed_ = welcome.resumed;
  me_ = welcome.user;
  tell({{"event", "connected"},
        {"time", time_of(now_)},
        {"server", welcome.server},
        {"version", welcome.server_version},
        {"nick", welcome.nickname},
        {"resumed", resumed_},
        {"durability", name_of(welcome.durability)}});
  // The same numbers mean other messages.
  if (std::exchange(epoch_, welcome.epoch) == welcome.epoch)
    return;
  for (const auto& [number, room] : std::exchange(followed_, {}))
    if (!room.pair)
      missed(room, std::nullopt);
}

void Events::on(const protocol::RoomOpened& opened) {
  const bool pair = opened.kind == RoomKind::pair;
  if (!pair && RoomName::make(opened.name) != room_)
    return;
  const Sequence last = opened.next - 1;
  const auto [place, is_new] =
      followed_.try_emplace(opened.room, Followed{opened.name, pair, last});
  Followed& room = place->second;
  room.name = opened.name;
  if (!is_new && opened.reset)
    missed(room, std::nullopt);
  else if (!is_new && last > room.last && !pair)
    missed(room, std::pair(room.last + 1, last));
  room.last = opened.reset ? last : std::max(room.last, last);
  if (!pair && (is_new || !resumed_))
    tell({{"event", "entered"},
          {"time", time_of(now_)},
          {"room", opened.name},
          {"people", opened.members}});
}

void Events::on(const protocol::RoomClosed& closed) {
  if (find_room(closed.room) != nullptr)
    followed_.erase(closed.room);
}

void Events::on(const protocol::Posted& posted) {
  Followed* const room = find(posted.room);
  if (room == nullptr || posted.sequence <= room->last)
    return;
  room->last = posted.sequence;
  Json event = {{"event", room->pair ? "whisper" : "message"}, {"time", time_of(posted.time)}};
  if (!room->pair)
    event["room"] = room->name;
  event["sequence"] = posted.sequence.value;
  event["nick"] = posted.nickname;
  event["own"] = posted.user == me_;
  event["kind"] = posted.kind == MessageKind::action ? "action" : "text";
  event["text"] = posted.text;
  tell(event);
}

void Events::on(const protocol::Joined& joined) {
  const Followed* const room = find_room(joined.room);
  for (const protocol::Person& person : joined.people)
    if (room != nullptr)
      tell({{"event", "joined"},
            {"time", time_of(joined.time)},
            {"room", room->name},
            {"nick", person.nickname}});
}

void Events::on(const protocol::Left& left) {
  const Followed* const room = find_room(left.room);
  for (const protocol::Departure& person : left.people)
    if (room != nullptr)
      tell({{"event", "left"},
            {"time", time_of(left.time)},
            {"room", room->name},
            {"nick", person.nickname},
            {"reason", chat::name_of(person.reason)}});
}

void Events::on(const protocol::Renamed& renamed) {
  const Followed* const room = find_room(renamed.room);
  if (room != nullptr)
    tell({{"event", "renamed"},
          {"time", time_of(renamed.time)},
          {"room", room->name},
          {"nick", renamed.after},
          {"before", renamed.before}});
}

void Events::on(const protocol::Presence& presence) {
  const Followed* const room = find_room(presence.room);
  for (const protocol::PresenceChange& person : presence.people)
    if (room != nullptr)
      tell({{"event", "presence"},
            {"time", time_of(presence.time)},
            {"room", room->name},
            {"nick", person.nickname},
            {"state", name_of(person.state)}});
}

void Events::on(const protocol::MemberCount& count) {
  const Followed* const room = find_room(count.room);
  if (room != nullptr)
    tell({{"event", "people"},
          {"time", time_of(now_)},
          {"room", room->name},
          {"people", count.members}});
}

// Without a message that is missing it tells of joins and leaves alone, and of those a script has
// no list that would be wrong now.
void Events::on(const protocol::Gap& gap) {
  Followed* const room = find(gap.room);
  const Sequence from = room == nullptr ? gap.from : std::max(gap.from, room->last + 1);
  if (room == nullptr || gap.to < from)
    return;
  room->last = gap.to;
  missed(*room, std::pair(from, gap.to));
}

void Events::on(const protocol::Error& error) {
  last_refusal_ = error.sentence.empty() ? std::string(describe(error.code)) : error.sentence;
  room_refused_ |=
      error.code == ErrorCode::invalid_room_name || error.code == ErrorCode::too_many_rooms;
}

void Events::on(const protocol::Notice& notice) {
  tell({{"event", "notice"},
        {"time", time_of(now_)},
        {"code", chat::name_of(notice.code)},
        {"sentence", notice.sentence.empty() ? describe(notice.code) : notice.sentence}});
}

void Events::on(const protocol::Goodbye& goodbye) {
  goodbye_ = goodbye.sentence.empty() ? std::string(describe(goodbye.reason)) : goodbye.sentence;
}

Events::Followed* Events::find(RoomId room) {
  const auto found = followed_.find(room);
  return found == followed_.end() ? nullptr : &found->second;
}

const Events::Followed* Events::find_room(RoomId room) {
  const Followed* const found = find(room);
  return found == nullptr || found->pair ? nullptr : found;
}

void Events::missed(const Followed& room, std::optional<std::pair<Sequence, Sequence>> numbers) {
  Json event = {{"event", "gap"}, {"time", time_of(now_)}};
  event[room.pair ? "nick" : "room"] = room.name;
  if (numbers) {
    event["from"] = numbers->first.value;
    event["to"] = numbers->second.value;
  }
  tell(event);
}

void Events::tell(const Json& event) {
  // Bytes that are no UTF-8 cannot come from a server that keeps to the protocol.
  lines_ += escaped(event.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace chat::pipe
