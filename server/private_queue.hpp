#pragma once

#include <cassert>
#include <cstddef>
#include <memory>

#include "libchat/bytes.hpp"

namespace chat::server {

// What goes to one connection alone, in the order in which it is sent. Takes one pointer while it
// is empty, as it is for every idle connection.
class PrivateQueue {
 public:
  bool empty() const { return content_ == nullptr; }
  std::size_t size() const { return content_ ? content_->bytes.size() - content_->sent : 0; }

  // Valid until the queue is next changed.
  ByteView bytes() const {
    return content_ ? ByteView(content_->bytes).subspan(content_->sent) : ByteView();
  }

  // For appending, at least one byte. Valid until the queue is next changed.
  Bytes& back() {
    if (!content_)
      content_ = std::make_unique<Content>();
    return content_->bytes;
  }

  // The first `count` bytes have been sent. Frees them: all memory with the last byte, and else
  // once more than half was sent, so that a queue that never runs empty does not grow and each byte
  // is moved once at most.
  void drop_front(std::size_t count) {
    assert(count <= size());
    if (count == size())
      return content_.reset();
    content_->sent += count;
    if (content_->sent < size())
      return;
    Bytes& bytes = content_->bytes;
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(content_->sent));
    content_->sent = 0;
  }

 private:
  struct Content {
    Bytes bytes;
    std::size_t sent = 0;
  };

  std::unique_ptr<Content> content_;  // null while the queue is empty
};

}  // namespace chat::server
