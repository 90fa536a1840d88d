#include "client/logging.hpp"

#include "client/disk_state.hpp"

namespace chat::client {
namespace {

std::optional<std::filesystem::path> folder_of(const LogSettings& settings) {
  if (!settings.folder.empty())
    return settings.folder;
  const auto state = state_folder();
  return state ? std::optional(*state / "logs") : std::nullopt;
}

}  // namespace

void Logging::apply(const LogSettings& wanted) {
  if (wanted == applied_)
    return;
  applied_ = wanted;
  // First, or the next one could not have the same folder.
  log_.reset();
  if (!wanted.on)
    return;
  takes_news_ = true;
  if (const auto folder = folder_of(wanted))
    log_.emplace(*folder, server_);
  else
    trouble_ = "The log is not written: neither XDG_STATE_HOME nor HOME is set.";
}

void Logging::write(std::span<const Model::News> news, WallTime now) {
  if (log_)
    log_->write(news, now);
}

std::optional<std::string> Logging::take_trouble() {
  if (log_ && !trouble_)
    return log_->take_trouble();
  return std::exchange(trouble_, std::nullopt);
}

}  // namespace chat::client
