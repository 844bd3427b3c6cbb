// Bytes of a table: strings and structs laid behind one another, and the places where an address
// will stand.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace cutaway::real {

class TableWriter {
 public:
  explicit TableWriter(std::size_t reserved) : bytes_(reserved, '\0') {}

  /// Offset of `data`, aligned to 8.
  std::uint64_t add(const void* data, std::size_t size) {
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    const std::uint64_t at = bytes_.size();
    bytes_.append(static_cast<const char*>(data), size);
    return at;
  }
  template <class T>
  std::uint64_t add_object(const T& object) {
    return add(&object, sizeof object);
  }
  template <class T>
  std::uint64_t add_objects(const std::vector<T>& objects) {
    return add(objects.data(), objects.size() * sizeof(T));
  }
  /// A string with its terminating zero; equal ones are written once.
  std::uint64_t add_text(const std::string& text) {
    const auto known = texts_.find(text);
    if (known != texts_.end()) return known->second;
    const std::uint64_t at = add(text.c_str(), text.size() + 1);
    texts_[text] = at;
    return at;
  }
  /// A null-terminated array of pointers to strings, as execve(2) takes it.
  std::uint64_t add_texts(const std::vector<std::string>& texts) {
    std::vector<std::uint64_t> pointers;
    pointers.reserve(texts.size() + 1);
    for (const std::string& text : texts) pointers.push_back(add_text(text));
    pointers.push_back(0);
    const std::uint64_t at = add_objects(pointers);
    for (std::size_t i = 0; i + 1 < pointers.size(); ++i) relocate(at + 8 * i);
    return at;
  }
  /// At `place` stands an offset that the helper makes an address.
  void relocate(std::uint64_t place) { relocations_.push_back(static_cast<std::uint32_t>(place)); }

  const std::vector<std::uint32_t>& relocations() const { return relocations_; }
  std::size_t size() const { return bytes_.size(); }
  template <class T>
  void put(std::uint64_t at, const T& object) {
    std::memcpy(bytes_.data() + at, &object, sizeof object);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  std::map<std::string, std::uint64_t> texts_;
  std::vector<std::uint32_t> relocations_;
};

}  // namespace cutaway::real
