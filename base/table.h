// Table: id → value with structural sharing. Copying a Table is O(1); writing to a copy clones only
// the path to what is written. A 32-way trie over the id, so ids may grow without bound while the
// cost of a write stays a few pointer copies.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/check.h"

namespace cutaway {

template <class IdType, class T>
class Table {
 public:
  /// The value, or null. The pointer is valid until the next change of this table.
  const T* find(IdType id) const {
    if (!root_ || id.value >= capacity()) return nullptr;
    const Node* node = root_.get();
    for (unsigned level = height_; level > 0; --level) {
      node = node->child[slot(id.value, level)].get();
      if (node == nullptr) return nullptr;
    }
    return node->item[slot(id.value, 0)].get();
  }
  const T& at(IdType id) const {
    const T* found = find(id);
    CHECK(found != nullptr);
    return *found;
  }
  bool contains(IdType id) const { return find(id) != nullptr; }

  /// The value for writing; it is unshared first. The id must be present.
  T& mutate(IdType id) {
    std::shared_ptr<T>& item = place(id.value);
    CHECK(item != nullptr);
    if (item.use_count() > 1) item = std::make_shared<T>(*item);
    return *item;
  }
  void put(IdType id, T value) {
    CHECK(static_cast<bool>(id));
    std::shared_ptr<T>& item = place(id.value);
    if (item == nullptr) ++size_;
    item = std::make_shared<T>(std::move(value));
  }
  void erase(IdType id) {
    if (!contains(id)) return;
    place(id.value) = nullptr;
    --size_;
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Calls f(const T&) in the order of ids. f must not change this table.
  template <class F>
  void each(F&& f) const {
    if (root_) walk(*root_, height_, f);
  }
  /// The first value (in the order of ids) for which f is true, or null.
  template <class F>
  const T* first(F&& f) const {
    return root_ ? search(*root_, height_, f) : nullptr;
  }
  /// True when both share all their storage: equal without looking. (False says nothing.)
  bool same_storage(const Table& other) const { return root_ == other.root_; }

 private:
  static constexpr unsigned kBits = 5;
  static constexpr std::uint32_t kWidth = 1U << kBits;

  struct Node {
    // An inner node uses `child`, a leaf `item`.
    std::array<std::shared_ptr<Node>, kWidth> child;
    std::array<std::shared_ptr<T>, kWidth> item;
  };

  static std::uint32_t slot(std::uint32_t id, unsigned level) {
    return (id >> (kBits * level)) & (kWidth - 1);
  }
  std::uint64_t capacity() const { return std::uint64_t{1} << (kBits * (height_ + 1)); }

  static void unshare(std::shared_ptr<Node>& node) {
    if (!node)
      node = std::make_shared<Node>();
    else if (node.use_count() > 1)
      node = std::make_shared<Node>(*node);
  }
  std::shared_ptr<T>& place(std::uint32_t id) {
    unshare(root_);
    while (id >= capacity()) {
      auto taller = std::make_shared<Node>();
      taller->child[0] = std::move(root_);
      root_ = std::move(taller);
      ++height_;
    }
    Node* node = root_.get();
    for (unsigned level = height_; level > 0; --level) {
      std::shared_ptr<Node>& next = node->child[slot(id, level)];
      unshare(next);
      node = next.get();
    }
    return node->item[slot(id, 0)];
  }
  template <class F>
  static void walk(const Node& node, unsigned level, F& f) {
    for (std::uint32_t i = 0; i < kWidth; ++i) {
      if (level > 0 && node.child[i]) walk(*node.child[i], level - 1, f);
      if (level == 0 && node.item[i]) f(static_cast<const T&>(*node.item[i]));
    }
  }
  template <class F>
  static const T* search(const Node& node, unsigned level, F& f) {
    for (std::uint32_t i = 0; i < kWidth; ++i) {
      const T* found = nullptr;
      if (level > 0 && node.child[i]) found = search(*node.child[i], level - 1, f);
      if (level == 0 && node.item[i] && f(static_cast<const T&>(*node.item[i])))
        found = node.item[i].get();
      if (found != nullptr) return found;
    }
    return nullptr;
  }

  std::shared_ptr<Node> root_;
  unsigned height_ = 0;
  std::size_t size_ = 0;
};

/// A value behind a shared pointer, cloned at the first write while shared.
template <class T>
class Cow {
 public:
  Cow() : value_(std::make_shared<T>()) {}
  explicit Cow(T value) : value_(std::make_shared<T>(std::move(value))) {}
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  T& mutate() {
    if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
    return *value_;
  }

 private:
  std::shared_ptr<T> value_;
};

}  // namespace cutaway
