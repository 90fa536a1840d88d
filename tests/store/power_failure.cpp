#include "tests/store/power_failure.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace chat::store::test {
namespace {

using chat::test::Random;

constexpr std::size_t kSector = 512;

void put(Bytes& to, std::uint64_t where, ByteView bytes) {
  to.resize(std::max(to.size(), where + bytes.size()));
  std::ranges::copy(bytes, to.begin() + static_cast<std::ptrdiff_t>(where));
}

void apply(Bytes& to, const Operation& operation) {
  if (operation.kind == Operation::Kind::truncate)
    to.resize(operation.where);
  else
    put(to, operation.where, operation.bytes);
}

// Some of the sectors of a write. Bytes beside it stay as they were.
void put_torn(Bytes& to, const Operation& write, Random& random) {
  for (std::size_t at = 0; at < write.bytes.size();) {
    const std::size_t to_the_boundary = kSector - (write.where + at) % kSector;
    const std::size_t size = std::min(to_the_boundary, write.bytes.size() - at);
    if (random.one_in(2))
      put(to, write.where + at, ByteView(write.bytes).subspan(at, size));
    at += size;
  }
}

// The file has its new size, and in the sectors that are new something that was there before.
void grow_with_anything(Bytes& to, const Operation& write, Random& random) {
  const std::size_t size = write.where + write.bytes.size();
  while (to.size() < size)
    to.push_back(static_cast<std::uint8_t>(random.below(256)));
}

}  // namespace

FailingPower::FailingPower(const std::vector<std::string>& files) {
  for (const std::string& file : files)
    files_[file].name_is_certain = true;
}

void FailingPower::add(const Operation& operation) {
  if (operation.kind == Operation::Kind::remove) {
    if (const auto file = files_.find(operation.file); file != files_.end())
      file->second.is_removed = true;
    return;
  }
  File& file = files_[operation.file];
  if (operation.kind == Operation::Kind::open) {
    // What was removed is not there any more, and what comes now is another one. That the old one
    // comes back under the new name is left out.
    if (file.is_removed)
      file = {};
    return;
  }
  if (operation.kind != Operation::Kind::sync) {
    apply(file.seen, operation);
    file.since.push_back(operation);
    return;
  }
  if (!operation.fails) {
    for (const Operation& since : file.since)
      apply(file.synced, since);
  }
  file.since.clear();
  if (operation.fails)
    return;
  // With the first sync of a file SQLite syncs the folder.
  if (!file.name_is_certain)
    sync_folder();
}

void FailingPower::sync_folder() {
  std::erase_if(files_, [](const auto& named) { return named.second.is_removed; });
  for (auto& [name, file] : files_)
    file.name_is_certain = true;
}

Bytes FailingPower::contents(const File& file, Unsynced unsynced, Random& random) const {
  if (unsynced != Unsynced::torn)
    return unsynced == Unsynced::lost ? file.synced : file.seen;
  Bytes bytes = file.synced;
  const bool grows_with_anything = random.one_in(2);
  for (const Operation& operation : file.since) {
    if (operation.kind == Operation::Kind::truncate) {
      if (random.one_in(2))
        apply(bytes, operation);
    } else {
      if (grows_with_anything)
        grow_with_anything(bytes, operation, random);
      put_torn(bytes, operation, random);
    }
  }
  return bytes;
}

bool FailingPower::is_there(const File& file, Unsynced unsynced, Random& random) const {
  const bool may_be = file.name_is_certain || unsynced == Unsynced::kept ||
                      (unsynced == Unsynced::torn && random.one_in(2));
  if (!file.is_removed)
    return may_be;
  return may_be && unsynced != Unsynced::kept && (unsynced == Unsynced::lost || random.one_in(2));
}

void FailingPower::leave(const std::filesystem::path& folder, Unsynced unsynced,
                         Random& random) const {
  for (const auto& [name, file] : files_) {
    if (!is_there(file, unsynced, random))
      continue;
    const Bytes bytes = contents(file, unsynced, random);
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
}

}  // namespace chat::store::test
