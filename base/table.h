// Table: id → value with structural sharing. Copying a Table is O(1); writing to a copy clones only
// the path to what is written. A 32-way trie over the id, so ids may grow without bound while the
// cost of a write stays a few pointer copies.
#pragma once

#include <algorithm>
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
      node = node->child(slot(id.value, level));
      if (node == nullptr) return nullptr;
    }
    return node->item(slot(id.value, 0));
  }
  const T& at(IdType id) const {
    const T* found = find(id);
    CHECK(found != nullptr);
    return *found;
  }
  bool contains(IdType id) const { return find(id) != nullptr; }

  /// The value for writing; it is unshared first. The id must be present.
  T& mutate(IdType id) {
    std::shared_ptr<void>& item = place(id.value);
    CHECK(item != nullptr);
    if (item.use_count() > 1) item = std::make_shared<T>(*static_cast<const T*>(item.get()));
    return *static_cast<T*>(item.get());
  }
  void put(IdType id, T value) {
    CHECK(static_cast<bool>(id));
    std::shared_ptr<void>& item = place(id.value);
    if (item == nullptr) ++size_;
    item = std::make_shared<T>(std::move(value));
  }
  void erase(IdType id) {
    if (!contains(id)) return;
    place(id.value) = nullptr;
    --size_;
    if (is_empty_after(*root_, height_, id.value)) root_ = nullptr;
    if (!root_) height_ = 0;
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
  /// Calls f(const T* before, const T* now) for each id under which they differ, in the order of
  /// ids; null: there was, or is, none. What both share is not looked at, so it costs what changed.
  template <class F>
  static void each_change(const Table& before, const Table& now, F&& f) {
    const unsigned height = before.height_ > now.height_ ? before.height_ : now.height_;
    const auto was = before.lifted(height), is = now.lifted(height);
    if (was != is) differ(was.get(), is.get(), height, f);
  }
  /// True when both share all their storage: equal without looking. (False says nothing.)
  bool same_storage(const Table& other) const { return root_ == other.root_; }

 private:
  static constexpr unsigned kBits = 5;
  static constexpr std::uint32_t kWidth = 1U << kBits;

  /// Below an inner node are nodes, below a leaf the values.
  struct Node {
    std::array<std::shared_ptr<void>, kWidth> below;
    const Node* child(std::uint32_t at) const { return static_cast<const Node*>(below[at].get()); }
    const T* item(std::uint32_t at) const { return static_cast<const T*>(below[at].get()); }
  };

  static std::uint32_t slot(std::uint32_t id, unsigned level) {
    return (id >> (kBits * level)) & (kWidth - 1);
  }
  std::uint64_t capacity() const { return std::uint64_t{1} << (kBits * (height_ + 1)); }

  template <class Pointer>
  static Node* unshared(Pointer& node) {
    if (!node)
      node = std::make_shared<Node>();
    else if (node.use_count() > 1)
      node = std::make_shared<Node>(*static_cast<const Node*>(node.get()));
    return static_cast<Node*>(node.get());
  }
  std::shared_ptr<void>& place(std::uint32_t id) {
    Node* node = unshared(root_);
    while (id >= capacity()) {
      auto taller = std::make_shared<Node>();
      taller->below[0] = std::move(root_);
      root_ = std::move(taller);
      node = root_.get();
      ++height_;
    }
    for (unsigned level = height_; level > 0; --level)
      node = unshared(node->below[slot(id, level)]);
    return node->below[slot(id, 0)];
  }
  /// Nodes without anything below them go too (all of the path is unshared by then): ids are never
  /// given twice, and whoever walks through the table would visit all that ever was.
  static bool is_empty_after(Node& node, unsigned level, std::uint32_t erased) {
    if (level > 0) {
      std::shared_ptr<void>& child = node.below[slot(erased, level)];
      if (is_empty_after(*static_cast<Node*>(child.get()), level - 1, erased)) child = nullptr;
    }
    return std::all_of(node.below.begin(), node.below.end(),
                       [](const std::shared_ptr<void>& each) { return each == nullptr; });
  }
  template <class F>
  static void walk(const Node& node, unsigned level, F& f) {
    for (std::uint32_t i = 0; i < kWidth; ++i) {
      if (!node.below[i]) continue;
      if (level > 0)
        walk(*node.child(i), level - 1, f);
      else
        f(*node.item(i));
    }
  }
  /// This tree as one of that height: what is missing above it are nodes with one child.
  std::shared_ptr<const Node> lifted(unsigned height) const {
    std::shared_ptr<const Node> node = root_;
    for (unsigned at = height_; node && at < height; ++at) {
      auto taller = std::make_shared<Node>();
      taller->below[0] = std::const_pointer_cast<Node>(node);
      node = std::move(taller);
    }
    return node;
  }
  template <class F>
  static void differ(const Node* before, const Node* now, unsigned level, F& f) {
    for (std::uint32_t i = 0; i < kWidth; ++i) {
      const void* was = before == nullptr ? nullptr : before->below[i].get();
      const void* is = now == nullptr ? nullptr : now->below[i].get();
      if (was == is) continue;
      if (level > 0)
        differ(static_cast<const Node*>(was), static_cast<const Node*>(is), level - 1, f);
      else
        f(static_cast<const T*>(was), static_cast<const T*>(is));
    }
  }
  template <class F>
  static const T* search(const Node& node, unsigned level, F& f) {
    for (std::uint32_t i = 0; i < kWidth; ++i) {
      const T* found = nullptr;
      if (!node.below[i]) continue;
      if (level > 0)
        found = search(*node.child(i), level - 1, f);
      else if (f(*node.item(i)))
        found = node.item(i);
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
