#include "client/undo.hpp"

#include <utility>

namespace chat::client {
namespace {

std::size_t bytes_of(const Change& change) {
  return change.removed.size() + change.inserted.size();
}

}  // namespace

void UndoLog::add(Change change) {
  is_typing_ = false;
  undone_.clear();
  bytes_ += bytes_of(change);
  done_.push_back(std::move(change));
  forget_surplus();
}

void UndoLog::add_typed(Change change) {
  if (!goes_on(change)) {
    add(std::move(change));
  } else {
    bytes_ += bytes_of(change);
    done_.back().inserted += change.inserted;
    forget_surplus();
  }
  is_typing_ = true;
}

std::optional<Change> UndoLog::undo() {
  is_typing_ = false;
  if (done_.empty())
    return std::nullopt;
  bytes_ -= bytes_of(done_.back());
  undone_.push_back(std::move(done_.back()));
  done_.pop_back();
  return undone_.back();
}

std::optional<Change> UndoLog::redo() {
  is_typing_ = false;
  if (undone_.empty())
    return std::nullopt;
  bytes_ += bytes_of(undone_.back());
  done_.push_back(std::move(undone_.back()));
  undone_.pop_back();
  return done_.back();
}

bool UndoLog::goes_on(const Change& change) const {
  return is_typing_ && !done_.empty() && change.removed.empty() && done_.back().removed.empty() &&
         change.at == done_.back().at + done_.back().inserted.size();
}

// The last change can always be taken back.
void UndoLog::forget_surplus() {
  while (done_.size() > 1 && (done_.size() > kMaxChanges || bytes_ > kMaxBytes)) {
    bytes_ -= bytes_of(done_.front());
    done_.pop_front();
  }
}

}  // namespace chat::client
