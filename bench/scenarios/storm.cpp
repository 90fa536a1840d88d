#include "bench/scenarios/storm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/run_name.hpp"

namespace chat::bench {
namespace {

constexpr ClientIndex kObserver = 0;
constexpr std::uint32_t kTextBytes = 64;

TalkOptions talk_of(const StormOptions& options) {
  return {.senders = options.bystanders,
          .load = OpenLoop{options.rate},
          .seconds = {},
          .text_bytes = kTextBytes};
}

}  // namespace

bool StormResult::clean() const {
  const bool all_known = wrong_views == 0 && hurried_views == 0 && gone.has_value();
  return refused == 0 && all_known && troubles.count() == 0 && bystanders.verdict.clean() &&
         bystanders.troubles.count() == 0;
}

Storm::Storm(const StormOptions& options, ClientPool pool, ClientPool bystanders)
    : options_(options),
      crowd_(std::move(pool),
             {.clients = options.clients + 1,
              .patience = options.patience,
              .at_once = options.at_once,
              .names = run_name("storm")},
             *this),
      bystanders_(std::move(bystanders), options.bystanders, talk_of(options), options.patience,
                  kStormPhases),
      users_(options.clients + 1),
      views_(options.clients + 1) {}

std::expected<StormResult, std::string> Storm::run() {
  if (auto done = prepare(); !done)
    return std::unexpected(done.error());
  bystanders_.start();
  for (const auto step : {&Storm::be_quiet, &Storm::come_in, &Storm::see_who_is_there,
                          &Storm::vanish, &Storm::be_quiet})
    if (auto done = (this->*step)(); !done)
      return std::unexpected(done.error());
  result_.members_after = views_[kObserver].count();
  auto bystanders = bystanders_.stop();
  if (!bystanders)
    return std::unexpected(bystanders.error());
  result_.bystanders = std::move(*bystanders);
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Storm::prepare() {
  if (auto done = bystanders_.enter(); !done)
    return done;
  const auto observing = crowd_.connect_up_to(kObserver + 1, progress_);
  return observing ? Done() : std::unexpected(observing.error());
}

Done Storm::be_quiet() {
  return poll_for(crowd_, options_.quiet);
}

Done Storm::come_in() {
  before_ = views_[kObserver];
  result_.members_before = before_.count();
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  begin_phase(StormPhase::connecting);
  const auto connecting = crowd_.connect_up_to(options_.clients + 1, progress_);
  if (connecting)
    result_.connecting = *connecting;
  // Who is refused does not keep the others from being judged.
  const auto on_their_way = [this] { return crowd_.connected() - crowd_.arrived(); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, on_their_way, [](Instant) {}); !done)
    return done;
  result_.refused = options_.clients + 1 - crowd_.arrived();
  result_.server = use_since(*before, options_.server_pid);
  result_.own_cpu = own_cpu() - own_before;
  return {};
}

Done Storm::see_who_is_there() {
  begin_phase(StormPhase::present);
  const auto wrong = [this] { return count_wrong_views(); };
  const auto waiting = [this](Instant now) {
    if (progress_.due(now))
      progress_.show(now, "waiting until all know who is there");
  };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, wrong, waiting); !done)
    return done;
  result_.listed = views_[kObserver].is_listed();
  result_.wrong_views = count_wrong_views();
  if (result_.wrong_views == 0)
    result_.presence = Clock::now() - start_;
  result_.hurried_views =
      static_cast<std::uint32_t>(std::ranges::count_if(views_, &MemberView::counts_came_too_often));
  return {};
}

Done Storm::vanish() {
  begin_phase(StormPhase::vanishing);
  for (ClientIndex client = kObserver + 1; client <= options_.clients; ++client) {
    if (!options_.without_goodbye)
      crowd_.part(client);
    crowd_.drop(client);
  }
  const auto too_many = [this]() -> std::uint64_t {
    const MemberView& now = views_[kObserver];
    return is_right(now, ours(kObserver)) ? 0 : std::uint64_t{1} + now.count();
  };
  const auto waiting = [this](Instant now) {
    if (progress_.due(now))
      progress_.show(now, fmt::format("{} are there yet", views_[kObserver].count()));
  };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, too_many, waiting); !done)
    return done;
  if (too_many() == 0)
    result_.gone = Clock::now() - start_;
  begin_phase(StormPhase::after);
  return {};
}

void Storm::begin_phase(StormPhase phase) {
  start_ = Clock::now();
  bystanders_.begin_phase(static_cast<std::size_t>(phase));
}

// The users of the clients up to this one who came in.
std::unordered_set<UserId> Storm::ours(ClientIndex last) const {
  std::unordered_set<UserId> people;
  for (ClientIndex client = kObserver; client <= last; ++client)
    if (views_[client].is_open())
      people.insert(users_[client]);
  return people;
}

// Ours must be in it, and of others at most those who were there before: these may leave, as those
// do, after a while, whose run was killed.
bool Storm::is_right(const MemberView& view, const std::unordered_set<UserId>& ours) const {
  if (!view.is_listed())
    return view.count() >= ours.size() && view.count() < before_.count() + ours.size();
  const auto is_seen = [&](UserId user) { return view.people().contains(user); };
  const auto may_be = [&](UserId user) {
    return ours.contains(user) || before_.people().contains(user);
  };
  return std::ranges::all_of(ours, is_seen) && std::ranges::all_of(view.people(), may_be);
}

std::uint32_t Storm::count_wrong_views() const {
  const auto people = ours(options_.clients);
  return static_cast<std::uint32_t>(std::ranges::count_if(
      views_, [&](const MemberView& view) { return view.is_open() && !is_right(view, people); }));
}

void Storm::presence(ClientIndex client, const Frame& frame, Instant at) {
  MemberView& view = views_[client];
  if (static_cast<MessageType>(frame.type) == MessageType::welcome) {
    if (const auto welcome = wire::decode<protocol::Welcome>(frame.body))
      users_[client] = welcome->user;
  } else if (static_cast<MessageType>(frame.type) == MessageType::room_opened) {
    // The first one is the lobby.
    if (const auto opened = wire::decode<protocol::RoomOpened>(frame.body);
        opened && !view.is_open())
      view.open(*opened, start_);
  } else {
    view.take(frame, at);
  }
}

std::expected<Report, std::string> run_scenario(const StormOptions& options) {
  CommonOptions all = options;
  all.clients = options.clients + 1 + options.bystanders;
  const auto server = find_listening(all);
  if (!server)
    return std::unexpected(server.error());
  auto pool = open_pool(*server, options.clients + 1);
  auto bystanders = open_pool(*server, options.bystanders);
  if (!pool || !bystanders)
    return std::unexpected(pool ? bystanders.error() : pool.error());
  const auto result = Storm(options, std::move(*pool), std::move(*bystanders)).run();
  if (!result)
    return std::unexpected(result.error());
  return report_of(options, *result);
}

}  // namespace chat::bench
