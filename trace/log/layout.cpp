#include "trace/log/layout.h"

#include <string_view>
#include <utility>
#include <variant>

#include "trace/log/enum_names.h"
#include "trace/log/field_types.h"

namespace cutaway {
namespace {

/// FNV-1a.
class Layout {
 public:
  void note(std::string_view word) {
    for (const char each : word) add(static_cast<unsigned char>(each));
    add(0);
  }
  std::uint32_t number() const { return hash_ == 0 ? 1 : hash_; }

 private:
  void add(std::uint32_t byte) { hash_ = (hash_ ^ byte) * 16'777'619U; }

  std::uint32_t hash_ = 2'166'136'261U;
};

template <class T>
void note_type(Layout& layout);

struct FieldNoter {
  Layout& layout;
  template <class T>
  void operator()(const char* name, const T&) {
    layout.note(name);
    note_type<T>(layout);
  }
};

template <class T>
void note_number(Layout& layout) {
  if constexpr (std::is_same_v<T, bool>)
    layout.note("bool");
  else if constexpr (std::is_enum_v<T>)
    layout.note(std::string(enum_count<T>(), '|'));
  else
    layout.note(std::is_unsigned_v<T> ? "unsigned" : "signed");
}

template <class T>
void note_items(Layout& layout) {
  layout.note("many");
  if constexpr (is_map<T>::value) {
    note_type<typename T::key_type>(layout);
    note_type<typename T::mapped_type>(layout);
  } else if constexpr (is_table<T>::value) {
    note_type<typename is_table<T>::Item>(layout);
  } else {
    note_type<typename T::value_type>(layout);
  }
}

/// A struct may hold others of its kind (Arg): it is gone through once.
template <class T>
void note_struct(Layout& layout) {
  static bool inside = false;
  if (std::exchange(inside, true)) return;
  layout.note("{");
  T sample{};
  visit_fields(sample, FieldNoter{layout});
  layout.note("}");
  inside = false;
}

/// As write_binary of fields_binary.h goes through a value.
template <class T>
void note_type(Layout& layout) {
  if constexpr (std::is_enum_v<T> || std::is_integral_v<T>)
    note_number<T>(layout);
  else if constexpr (is_id<T>::value)
    layout.note("id");
  else if constexpr (std::is_same_v<T, BlobId>)
    layout.note("blob");
  else if constexpr (std::is_same_v<T, std::string>)
    layout.note("text");
  else if constexpr (is_cow<T>::value)
    note_type<typename is_cow<T>::Value>(layout);
  else if constexpr (std::is_same_v<T, NsIds>)
    layout.note(std::string(kNsKinds, 'n'));
  else if constexpr (is_vector<T>::value || is_map<T>::value || is_table<T>::value)
    note_items<T>(layout);
  else if constexpr (has_fields<T>::value)
    note_struct<T>(layout);
  else
    layout.note("by hand");  // Snapshot, Syscall: event_codec.cpp
}

template <std::size_t... n>
void note_bodies(Layout& layout, std::index_sequence<n...>) {
  (note_type<std::variant_alternative_t<n, BodyVariant>>(layout), ...);
}

}  // namespace

std::uint32_t record_layout() {
  static const std::uint32_t found = [] {
    Layout layout;
    note_bodies(layout, std::make_index_sequence<std::variant_size_v<BodyVariant>>());
    note_type<World>(layout);
    return layout.number();
  }();
  return found;
}

}  // namespace cutaway
