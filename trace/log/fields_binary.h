// Structs in the compact form, driven by visit_fields.
#pragma once

#include <utility>

#include "trace/log/binary.h"
#include "trace/log/enum_names.h"
#include "trace/log/field_types.h"

namespace cutaway {

template <class T>
void write_binary(BinaryWriter& out, const T& value);
template <class T>
void read_binary(BinaryReader& in, T& value);

struct BinaryFieldWriter {
  BinaryWriter& out;
  template <class T>
  void operator()(const char*, const T& field) {
    write_binary(out, field);
  }
};
struct BinaryFieldReader {
  BinaryReader& in;
  template <class T>
  void operator()(const char*, T& field) {
    read_binary(in, field);
  }
};

template <class T>
void write_binary_items(BinaryWriter& out, const T& items) {
  out.unsigned_number(items.size());
  if constexpr (is_table<T>::value) {
    items.each([&out](const auto& item) { write_binary(out, item); });
  } else if constexpr (is_map<T>::value) {
    for (const auto& item : items) {
      write_binary(out, item.first);
      write_binary(out, item.second);
    }
  } else {
    for (const auto& item : items) write_binary(out, item);
  }
}

template <class T>
void write_binary(BinaryWriter& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>)
    out.unsigned_number(value ? 1 : 0);
  else if constexpr (std::is_enum_v<T>)
    out.unsigned_number(static_cast<std::uint64_t>(value));
  else if constexpr (std::is_unsigned_v<T>)
    out.unsigned_number(value);
  else if constexpr (std::is_integral_v<T>)
    out.number(value);
  else if constexpr (is_id<T>::value)
    out.unsigned_number(value.value);
  else if constexpr (std::is_same_v<T, BlobId>)
    out.fixed64(value.value);
  else if constexpr (std::is_same_v<T, std::string>)
    out.text(value);
  else if constexpr (is_cow<T>::value)
    write_binary(out, *value);
  else if constexpr (std::is_same_v<T, NsIds>)
    for (const NsId id : value) write_binary(out, id);
  else if constexpr (is_vector<T>::value || is_map<T>::value || is_table<T>::value)
    write_binary_items(out, value);
  else
    visit_fields(value, BinaryFieldWriter{out});
}

template <class T>
void read_binary_number(BinaryReader& in, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    const std::uint64_t read = in.unsigned_number();
    if (read > 1) in.give_up();
    value = read == 1;
  } else if constexpr (std::is_enum_v<T>) {
    const std::uint64_t read = in.unsigned_number();
    if (read >= enum_count<T>())
      in.give_up();
    else
      value = static_cast<T>(read);
  } else if constexpr (std::is_unsigned_v<T>) {
    const std::uint64_t read = in.unsigned_number();
    value = static_cast<T>(read);
    if (value != read) in.give_up();
  } else {
    const std::int64_t read = in.number();
    value = static_cast<T>(read);
    if (value != read) in.give_up();
  }
}

template <class T>
void read_binary_item(BinaryReader& in, std::vector<T>& items) {
  T item{};
  read_binary(in, item);
  items.push_back(std::move(item));
}
template <class T>
void read_binary_item(BinaryReader& in, SharedList<T>& items) {
  T item{};
  read_binary(in, item);
  items.push_back(std::move(item));
}
template <class K, class V, class Less>
void read_binary_item(BinaryReader& in, std::map<K, V, Less>& items) {
  std::pair<K, V> item;
  read_binary(in, item.first);
  read_binary(in, item.second);
  items.insert_or_assign(std::move(item.first), std::move(item.second));
}
template <class K, class V>
void read_binary_item(BinaryReader& in, Table<K, V>& items) {
  V item{};
  read_binary(in, item);
  const auto key = table_key(item);
  if (!key)
    in.give_up();
  else
    items.put(key, std::move(item));
}

template <class T>
void read_binary_items(BinaryReader& in, T& items) {
  items = T();
  std::size_t count = in.count();
  while (count-- > 0 && in.ok()) read_binary_item(in, items);
}

template <class T>
void read_binary(BinaryReader& in, T& value) {
  if constexpr (std::is_enum_v<T> || std::is_integral_v<T>)
    read_binary_number(in, value);
  else if constexpr (is_id<T>::value)
    read_binary_number(in, value.value);
  else if constexpr (std::is_same_v<T, BlobId>)
    value.value = in.fixed64();
  else if constexpr (std::is_same_v<T, std::string>)
    value = std::string(in.text());
  else if constexpr (is_cow<T>::value)
    read_binary(in, value.mutate());
  else if constexpr (std::is_same_v<T, NsIds>)
    for (NsId& id : value) read_binary(in, id);
  else if constexpr (is_vector<T>::value || is_map<T>::value || is_table<T>::value)
    read_binary_items(in, value);
  else
    visit_fields(value, BinaryFieldReader{in});
}

}  // namespace cutaway
