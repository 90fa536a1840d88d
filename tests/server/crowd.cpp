#include "tests/server/crowd.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

namespace chat::test {
namespace {

using namespace protocol;

// Calls take(reactor, line from there on) for each line of the log that tells this of a connection
// (server/log_format.hpp).
template <class Take>
void for_each_event(const std::string& log, std::string_view event, Take&& take) {
  const std::string wanted = "event=" + std::string(event) + " connection=";
  for (std::size_t at = 0; (at = log.find(wanted, at)) != log.npos;) {
    at += wanted.size();
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const std::string line = log.substr(at, end - at);
    take(std::stoul(line), line);
  }
}

// The reactor that serves each user.
std::map<UserId, std::size_t> reactors_of_users(const std::string& log) {
  std::map<UserId, std::size_t> reactors;
  const std::string_view before_user = " user=";
  for_each_event(log, "named", [&](std::size_t reactor, const std::string& line) {
    const auto user = std::stoull(line.substr(line.find(before_user) + before_user.size()));
    reactors[UserId{user}] = reactor;
  });
  return reactors;
}

std::vector<std::string> with_reactors(std::size_t reactors, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--reactors", std::to_string(reactors)});
  return arguments;
}

}  // namespace

Participant::Participant(std::uint16_t port, const std::string& nickname) : peer_(port) {
  ask(Hello{.request = {}, .version = 1, .nickname = nickname});
}

void Participant::arrive() {
  read_until([&] { return !view_.rooms().empty(); });
  lobby_ = view_.rooms().begin()->first;
}

RequestId Participant::say(RoomId room, const std::string& text) {
  return ask(Say{.request = {}, .room = room, .id = peer_.message_id(), .text = text});
}

std::optional<ServerMessage> Participant::read() {
  auto message = peer_.receive();
  if (!message)
    return std::nullopt;
  view_.take(*message);
  if (const auto* acknowledged = std::get_if<Acknowledged>(&*message))
    acknowledged_[acknowledged->request] = acknowledged->sequence;
  return message;
}

std::vector<ServerMessage> Participant::read_to_end() {
  std::vector<ServerMessage> messages;
  while (auto message = read())
    messages.push_back(std::move(*message));
  return messages;
}

void Participant::read_answer(RequestId request) {
  read_until([&] { return view_.answered().contains(request); });
}

void Participant::read_to(RoomId id, Sequence last) {
  read_until([&] { return room(id).next > last; });
}

Crowd::Crowd(std::size_t reactors, std::size_t each, std::vector<std::string> more_arguments)
    : server_(with_reactors(reactors, std::move(more_arguments))), by_reactor_(reactors) {
  constexpr std::size_t kMost = 400;
  const auto fewest = [&] {
    return std::ranges::min(by_reactor_, {}, &std::vector<std::size_t>::size).size();
  };
  while (fewest() < each) {
    REQUIRE_MESSAGE(people_.size() < kMost, "a reactor gets no connections");
    let_in(reactors * 2);
  }
}

void Crowd::let_in(std::size_t count) {
  for (Participant& person : newcomers(count)) {
    person.arrive();
    people_.push_back(std::move(person));
  }
  const auto reactors = reactors_of_users(server_.process().standard_error());
  for (std::size_t i = people_.size() - count; i < people_.size(); ++i)
    by_reactor_.at(reactors.at(people_[i].user())).push_back(i);
}

std::vector<Participant> Crowd::newcomers(std::size_t count) {
  std::vector<Participant> people;
  for (std::size_t i = 0; i < count; ++i)
    people.emplace_back(server_.port(), "p" + std::to_string(++names_));
  return people;
}

Sequence Crowd::meet(RoomId room) {
  Participant& speaker = people_.front();
  const RequestId request = speaker.say(room, "here?");
  speaker.read_answer(request);
  const Sequence last = speaker.acknowledged().at(request);
  for (Participant& person : people_)
    person.read_to(room, last);
  return last;
}

std::vector<std::size_t> connections_by_reactor(const std::string& log, std::size_t reactors) {
  std::vector<std::size_t> counts(reactors);
  for_each_event(log, "connected",
                 [&](std::size_t reactor, const std::string&) { ++counts.at(reactor); });
  return counts;
}

}  // namespace chat::test
