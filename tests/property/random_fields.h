// Fills anything declared with FIELDS with values that codecs find hard: limits of numbers, bytes
// that are no text, texts that look like something else.
#pragma once

#include <limits>
#include <string>

#include "base/prng.h"
#include "trace/log/enum_names.h"
#include "trace/log/field_types.h"

namespace cutaway {

enum class RandomNumbers : std::uint8_t {
  Hard,       ///< up to the limits of their types; any ids
  Plausible,  ///< below 1000; ids are left as they are
};

class RandomFields {
 public:
  explicit RandomFields(std::uint64_t seed, RandomNumbers numbers = RandomNumbers::Hard)
      : prng_(seed), numbers_(numbers) {}

  std::uint64_t below(std::uint64_t bound) { return prng_.below(bound); }

  template <class T>
  void fill(T& value) {
    if constexpr (std::is_same_v<T, bool>)
      value = below(2) == 1;
    else if constexpr (std::is_enum_v<T>)
      value = static_cast<T>(below(enum_count<T>()));
    else if constexpr (std::is_integral_v<T>)
      value = number<T>();
    else if constexpr (is_id<T>::value)
      fill_id(value.value);
    else if constexpr (std::is_same_v<T, BlobId>)
      value.value = number<std::uint64_t>();
    else if constexpr (std::is_same_v<T, std::string>)
      value = text();
    else if constexpr (is_cow<T>::value)
      fill(value.mutate());
    else if constexpr (std::is_same_v<T, NsIds>)
      for (NsId& id : value) fill(id);
    else if constexpr (is_vector<T>::value)
      fill_vector(value);
    else if constexpr (is_map<T>::value)
      fill_map(value);
    else if constexpr (is_table<T>::value)
      fill_table(value);
    else
      visit_fields(value, Visitor{*this});
  }

  std::string text() {
    static const std::string kTexts[] = {"",         "a",
                                         "busybox",  "0x12",
                                         "b64:x",    "#5",
                                         "/a~b/c",   "grün 🐳",
                                         "\xff\xfe", std::string("\0z", 2),
                                         "\"\\\n\t", "-7",
                                         "SIGTERM",  std::string(300, 'q')};
    return kTexts[below(std::size(kTexts))];
  }

 private:
  struct Visitor {
    RandomFields& random;
    template <class T>
    void operator()(const char*, T& field) {
      random.fill(field);
    }
  };

  void fill_id(std::uint32_t& value) {
    if (numbers_ == RandomNumbers::Plausible) return;
    value = below(2) == 0 ? static_cast<std::uint32_t>(below(6)) : number<std::uint32_t>();
  }
  template <class T>
  T number() {
    if (numbers_ == RandomNumbers::Plausible)
      return static_cast<T>(below(sizeof(T) == 1 ? 100 : 1000));
    const std::uint64_t bits = prng_.next();
    switch (below(6)) {
      case 0:
        return T{0};
      case 1:
        return static_cast<T>(below(70));
      case 2:
        return std::numeric_limits<T>::max();
      case 3:
        return std::numeric_limits<T>::min();
      case 4:
        return static_cast<T>(bits >> below(64));
      default:
        return static_cast<T>(bits);
    }
  }
  template <class T>
  void fill_vector(std::vector<T>& items) {
    items.resize(static_cast<std::size_t>(below(4)));
    for (T& item : items) fill(item);
  }
  template <class T>
  void fill_vector(SharedList<T>& items) {
    items.clear();
    for (std::uint64_t count = below(4); count > 0; --count) {
      T item{};
      fill(item);
      items.push_back(std::move(item));
    }
  }
  template <class K, class V, class Less>
  void fill_map(std::map<K, V, Less>& items) {
    items.clear();
    for (std::uint64_t count = below(4); count > 0; --count) {
      K key{};
      fill(key);
      fill(items[key]);
    }
  }
  template <class K, class V>
  void fill_table(Table<K, V>& items) {
    items = {};
    for (std::uint64_t count = below(5); count > 0; --count) {
      V item{};
      fill(item);
      if (table_key(item)) items.put(table_key(item), item);
    }
  }

  Prng prng_;
  RandomNumbers numbers_;
};

}  // namespace cutaway
