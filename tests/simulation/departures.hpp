// How many sessions may have begun to wait so far, because their connection ended without goodbye:
// where too many do, those that have waited longest must go.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>

#include "libchat/ids.hpp"

namespace chat::sim {

// One thread.
class Departures {
 public:
  struct Mark {
    std::uint64_t all = 0;
    std::uint64_t of_address = 0;
  };

  Departures(std::size_t most, std::size_t most_per_address)
      : most_(most), most_per_address_(most_per_address) {}

  void add(AddressKey address) {
    ++all_;
    ++of_address_[address];
  }
  Mark mark(AddressKey address) const {
    const auto place = of_address_.find(address);
    return {all_, place == of_address_.end() ? 0 : place->second};
  }

  // Whether a session of the address that began to wait after the mark may have had to go by now.
  bool may_displace(AddressKey address, Mark since) const {
    const Mark now = mark(address);
    return now.all - since.all > most_ || now.of_address - since.of_address > most_per_address_;
  }

  // So many wait that an earlier process had: no bound concerns them.
  void restored(std::size_t sessions) { restored_ = sessions; }

  std::size_t most_waiting() const {
    std::size_t sum = 0;
    for (const auto& [address, departures] : of_address_)
      sum += std::min<std::size_t>(departures, most_per_address_);
    return std::min(sum, most_) + restored_;
  }

 private:
  std::size_t most_;
  std::size_t most_per_address_;
  std::uint64_t all_ = 0;
  std::size_t restored_ = 0;
  std::map<AddressKey, std::uint64_t> of_address_;
};

}  // namespace chat::sim
