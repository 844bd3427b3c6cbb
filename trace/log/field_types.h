// What the codecs ask of a field's type.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/fields.h"
#include "base/shared_list.h"
#include "base/table.h"
#include "trace/ids.h"
#include "trace/world/world.h"

namespace cutaway {

template <class T>
struct is_id : std::false_type {};
template <class Tag>
struct is_id<Id<Tag>> : std::true_type {};

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};

template <class T>
struct is_vector<SharedList<T>> : std::true_type {};

template <class T>
struct is_map : std::false_type {};
template <class K, class V, class Less>
struct is_map<std::map<K, V, Less>> : std::true_type {};

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

template <class T>
struct is_table : std::false_type {};
template <class K, class V>
struct is_table<Table<K, V>> : std::true_type {
  using Item = V;
};

template <class T>
struct is_cow : std::false_type {};
template <class V>
struct is_cow<Cow<V>> : std::true_type {
  using Value = V;
};

/// The namespaces of a task, one of each kind.
using NsIds = std::array<NsId, kNsKinds>;

/// The key under which a table keeps a value.
template <class T>
auto table_key(const T& value) {
  return value.id;
}
inline ContainerId table_key(const Container& value) { return value.number; }

}  // namespace cutaway
