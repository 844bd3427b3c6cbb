// Equality of anything declared with FIELDS: every field of every object. Defaulted comparisons
// over strings and vectors are not available on all our compilers.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <type_traits>
#include <vector>

#include "base/fields.h"
#include "base/shared_list.h"
#include "base/table.h"

namespace cutaway {

template <class T>
bool equal_values(const T& a, const T& b);

namespace equal_detail {

struct FieldAddresses {
  std::vector<const void*> addresses;
  template <class T>
  void operator()(const char*, const T& field) {
    addresses.push_back(&field);
  }
};

struct FieldComparer {
  const std::vector<const void*>& others;
  std::size_t next = 0;
  bool equal = true;
  template <class T>
  void operator()(const char*, const T& field) {
    const void* other = others[next++];
    equal = equal && equal_values(field, *static_cast<const T*>(other));
  }
};

template <class T>
bool equal(const T& a, const T& b) {
  if constexpr (has_fields<T>::value) {
    FieldAddresses other;
    visit_fields(b, other);
    FieldComparer comparer{other.addresses};
    visit_fields(a, comparer);
    return comparer.equal;
  } else {
    return a == b;
  }
}
template <class T>
bool equal(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!equal_values(a[i], b[i])) return false;
  }
  return true;
}
template <class T>
bool equal(const SharedList<T>& a, const SharedList<T>& b) {
  if (a.same_storage(b)) return true;
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!equal_values(a[i], b[i])) return false;
  }
  return true;
}
template <class T, std::size_t N>
bool equal(const std::array<T, N>& a, const std::array<T, N>& b) {
  for (std::size_t i = 0; i < N; ++i) {
    if (!equal_values(a[i], b[i])) return false;
  }
  return true;
}
template <class K, class T, class Less>
bool equal(const std::map<K, T, Less>& a, const std::map<K, T, Less>& b) {
  if (a.size() != b.size()) return false;
  auto other = b.begin();
  for (const auto& entry : a) {
    if (!(entry.first == other->first) || !equal_values(entry.second, other->second)) return false;
    ++other;
  }
  return true;
}
/// Both in the order of their ids, which are fields like others.
template <class IdType, class T>
bool equal(const Table<IdType, T>& a, const Table<IdType, T>& b) {
  if (a.same_storage(b)) return true;
  if (a.size() != b.size()) return false;
  std::vector<const T*> others;
  b.each([&others](const T& other) { others.push_back(&other); });
  std::size_t next = 0;
  return a.first([&others, &next](const T& mine) {
    const T* other = others[next++];
    return &mine != other && !equal_values(mine, *other);
  }) == nullptr;
}
template <class T>
bool equal(const Cow<T>& a, const Cow<T>& b) {
  return &*a == &*b || equal_values(*a, *b);
}

}  // namespace equal_detail

template <class T>
bool equal_values(const T& a, const T& b) {
  return equal_detail::equal(a, b);
}

}  // namespace cutaway
