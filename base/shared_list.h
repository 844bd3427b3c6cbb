// SharedList: a list that grows at its end, with structural sharing: copying it is O(1), and adding
// to a copy, or changing an element of it, clones only the path there. What a World keeps for ever
// (commands, output) is one: each checkpoint would else hold all of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "base/ids.h"
#include "base/table.h"

namespace cutaway {

template <class T>
class SharedList {
 public:
  using value_type = T;

  class const_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    const_iterator() = default;
    const_iterator(const SharedList& list, std::size_t at) : list_(&list), at_(at) {}
    reference operator*() const { return (*list_)[at_]; }
    pointer operator->() const { return &(*list_)[at_]; }
    const_iterator& operator++() {
      ++at_;
      return *this;
    }
    const_iterator operator++(int) { return const_iterator(*list_, at_++); }
    friend bool operator==(const const_iterator& a, const const_iterator& b) {
      return a.at_ == b.at_;
    }
    friend bool operator!=(const const_iterator& a, const const_iterator& b) {
      return a.at_ != b.at_;
    }

   private:
    const SharedList* list_ = nullptr;
    std::size_t at_ = 0;
  };

  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  const T& operator[](std::size_t n) const { return items_.at(place(n)); }
  const T& back() const { return (*this)[size() - 1]; }
  const_iterator begin() const { return const_iterator(*this, 0); }
  const_iterator end() const { return const_iterator(*this, size()); }

  void push_back(T value) { items_.put(place(size()), std::move(value)); }
  /// The element for writing; it is unshared first.
  T& mutate(std::size_t n) { return items_.mutate(place(n)); }
  void clear() { items_ = {}; }
  /// True when both share all their storage: equal without looking. (False says nothing.)
  bool same_storage(const SharedList& other) const { return items_.same_storage(other.items_); }

 private:
  struct PlaceTag;
  using Place = Id<PlaceTag>;
  /// Ids begin with 1.
  static Place place(std::size_t n) { return Place{static_cast<std::uint32_t>(n + 1)}; }

  Table<Place, T> items_;
};

}  // namespace cutaway
