// Writing in another program.
#pragma once

#include <sys/types.h>

#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include "net/unique_fd.hpp"

namespace chat::client {

// A file of one's own for a moment: 0600, in $XDG_RUNTIME_DIR or /tmp. Removed with its owner.
class DraftFile {
 public:
  // Fails with a sentence.
  static std::expected<DraftFile, std::string> make(std::string_view text);
  DraftFile(DraftFile&& other) noexcept;
  DraftFile& operator=(DraftFile&&) = delete;
  ~DraftFile();

  const std::string& path() const { return path_; }
  // What stands there now, at most some more than the input may hold; fails with a sentence.
  std::expected<std::string, std::string> read() const;

 private:
  explicit DraftFile(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty: moved from
};

// The user's editor with a text, in the terminal, which the caller must have left. Move-only; one
// thread.
class ExternalEditor {
 public:
  // $VISUAL, $EDITOR or vi. Fails with a sentence.
  static std::expected<ExternalEditor, std::string> start(std::string_view text);
  ExternalEditor(ExternalEditor&& other) noexcept;
  ExternalEditor& operator=(ExternalEditor&&) = delete;
  // One that still runs is asked to end (SIGHUP).
  ~ExternalEditor();

  // The file descriptor to poll for input: it comes when the editor has ended.
  int fd() const { return ended_.get(); }
  // What was written, made fit for the input (PasteInput); or a sentence that says why it is not to
  // be taken. Once. Waits for the editor's end.
  std::expected<std::string, std::string> finish();

 private:
  ExternalEditor(DraftFile file, pid_t pid, net::UniqueFd ended)
      : file_(std::move(file)), pid_(pid), ended_(std::move(ended)) {}

  DraftFile file_;
  pid_t pid_;  // 0: ended, or moved from
  net::UniqueFd ended_;
};

}  // namespace chat::client
