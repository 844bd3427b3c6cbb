// Under each key the ids that belong to it, in their order; with structural sharing.
#pragma once

#include <algorithm>
#include <vector>

#include "base/table.h"

namespace cutaway {

template <class Key, class IdType>
class IdLists {
 public:
  using Ids = std::vector<IdType>;

  /// None: there is no such key.
  const Ids& of(Key key) const {
    static const Ids none;
    const Ids* found = lists_.find(key);
    return found == nullptr ? none : *found;
  }
  bool empty() const { return lists_.empty(); }

  /// Under no key (0) nothing is kept.
  void put(Key key, IdType id) {
    if (!key) return;
    if (!lists_.contains(key)) return lists_.put(key, Ids{id});
    Ids& ids = lists_.mutate(key);
    ids.insert(std::lower_bound(ids.begin(), ids.end(), id), id);
  }
  void take(Key key, IdType id) {
    if (!lists_.contains(key)) return;
    Ids& ids = lists_.mutate(key);
    const auto at = std::lower_bound(ids.begin(), ids.end(), id);
    if (at != ids.end() && *at == id) ids.erase(at);
    if (ids.empty()) lists_.erase(key);
  }

 private:
  Table<Key, Ids> lists_;
};

}  // namespace cutaway
