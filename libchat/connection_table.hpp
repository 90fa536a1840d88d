// Slab with generation handles: a handle finds its object or nothing, also after the slot has been
// given to another one. So an event, a mailbox entry or a timer that arrives late does no harm.
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "libchat/stable_vector.hpp"

namespace chat {

template <class Tag>
struct Handle {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  // 0 only in a handle that names nothing
  auto operator<=>(const Handle&) const = default;
  explicit operator bool() const { return generation != 0; }
};

// The generation behind another one; 0 is left out.
constexpr std::uint32_t next_generation(std::uint32_t generation) {
  return generation + 1 == 0 ? 1 : generation + 1;
}

using ConnectionId = Handle<struct ConnectionTag>;
using SessionId = Handle<struct SessionTag>;

// Objects stay where they are until they are erased. One thread at a time.
template <class T, class Tag>
class HandleTable {
 public:
  using Id = Handle<Tag>;

  template <class... Arguments>
  Id emplace(Arguments&&... arguments) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(slots_.size()));
      slots_.grow();
    }
    const std::uint32_t index = free_.back();
    Slot& slot = slots_[index];
    std::construct_at(&slot.object, std::forward<Arguments>(arguments)...);
    slot.holds = true;
    free_.pop_back();
    ++size_;
    return {index, slot.generation};
  }

  // Puts an object where it was in an earlier table. Preconditions: names something, in a slot
  // above all that there have been.
  template <class... Arguments>
  void emplace_at(Id id, Arguments&&... arguments) {
    assert(id && id.slot >= slots_.size());
    while (slots_.size() < id.slot) {
      free_.push_back(static_cast<std::uint32_t>(slots_.size()));
      slots_.grow();
    }
    Slot& slot = slots_.grow();
    slot.generation = id.generation;
    std::construct_at(&slot.object, std::forward<Arguments>(arguments)...);
    slot.holds = true;
    ++size_;
  }

  T* find(Id id) {
    if (id.slot >= slots_.size())
      return nullptr;
    Slot& slot = slots_[id.slot];
    return slot.holds && slot.generation == id.generation ? &slot.object : nullptr;
  }
  const T* find(Id id) const { return const_cast<HandleTable*>(this)->find(id); }

  // The handle of the object in a slot, or one that names nothing. Precondition: there has been an
  // object in the slot.
  Id in_slot(std::uint32_t slot) const {
    assert(slot < slots_.size());
    return slots_[slot].holds ? Id{slot, slots_[slot].generation} : Id{};
  }

  // Precondition: find(id).
  void erase(Id id) {
    assert(find(id) != nullptr);
    Slot& slot = slots_[id.slot];
    slot.holds = false;
    std::destroy_at(&slot.object);
    slot.generation = next_generation(slot.generation);
    free_.push_back(id.slot);
    --size_;
  }

  std::size_t size() const { return size_; }
  // Slots in which there has been an object, or could have been.
  std::size_t slots() const { return slots_.size(); }

  // Calls visit(Id, T&) for each object; it may erase the object it is given.
  template <class Visit>
  void for_each(Visit&& visit) {
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
      if (slots_[i].holds)
        visit(Id{i, slots_[i].generation}, slots_[i].object);
  }

 private:
  // An optional would take eight bytes more, and there is a slot for every idle connection.
  struct Slot {
    Slot() {}
    ~Slot() {
      if (holds)
        std::destroy_at(&object);
    }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

    union {
      T object;  // while `holds`
    };
    std::uint32_t generation = 1;
    bool holds = false;
  };

  StableVector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::size_t size_ = 0;
};

template <class T>
using ConnectionTable = HandleTable<T, ConnectionTag>;
template <class T>
using SessionTable = HandleTable<T, SessionTag>;

}  // namespace chat
