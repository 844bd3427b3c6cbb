// Reading the memory of a task that is stopped (process_vm_readv(2)): no request to ptrace for each
// word, and nothing that can change the task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace cutaway::real {

class Memory {
 public:
  explicit Memory(int tid) : tid_(tid) {}

  int tid() const { return tid_; }
  /// How many bytes could be read: fewer than asked where a page is missing.
  std::size_t read(std::uint64_t address, void* to, std::size_t size) const;
  /// The bytes at `address`, at most `size`; `there` is false when not even the first could be
  /// read.
  std::string bytes(std::uint64_t address, std::size_t size, bool& there) const;
  /// All of a structure.
  template <class T>
  bool value(std::uint64_t address, T& to) const {
    return read(address, &to, sizeof to) == sizeof to;
  }
  /// A string up to its NUL. What is longer than `most` is cut there (`cut`). False: unreadable.
  bool text(std::uint64_t address, std::size_t most, std::string& to, bool& cut) const;

 private:
  int tid_;
};

}  // namespace cutaway::real
