#pragma once

#include <memory>
#include <utility>

#include "libchat/stable_vector.hpp"

namespace chat::server {

// Objects of one kind side by side, without the allocator's overhead and apart from what comes and
// goes between them: there are some for every idle connection. Objects stay where they are. Memory
// is used again, and given back with the slab, which must be empty then. One thread.
template <class T>
class Slab {
 public:
  template <class... Arguments>
  T* make(Arguments&&... arguments) {
    if (free_ == nullptr)
      put_back(&places_.grow());
    Place* const place = free_;
    free_ = place->next_free;
    return std::construct_at(&place->object, std::forward<Arguments>(arguments)...);
  }

  // Precondition: it was made here.
  void destroy(T* object) {
    std::destroy_at(object);
    put_back(reinterpret_cast<Place*>(object));
  }

 private:
  union Place {
    Place() : next_free(nullptr) {}
    ~Place() {}
    Place* next_free;
    T object;
  };

  void put_back(Place* place) {
    place->next_free = free_;
    free_ = place;
  }

  StableVector<Place> places_;
  Place* free_ = nullptr;
};

}  // namespace chat::server
