// One declaration of a struct's fields serves every codec: JSON, binary, equality, diffs.
//
//   struct Pipe {
//     PipeId id;
//     std::int64_t bytes = 0;
//     FIELDS(id, bytes)
//   };
//
// visit_fields(object, visitor) calls visitor("id", object.id), visitor("bytes", object.bytes), ….
// Names in files are the names of the members, so renaming a member changes the format.
#pragma once

#include <type_traits>
#include <utility>

#define FIELDS_EXPAND(...) FIELDS_EXPAND4(FIELDS_EXPAND4(FIELDS_EXPAND4(__VA_ARGS__)))
#define FIELDS_EXPAND4(...) FIELDS_EXPAND3(FIELDS_EXPAND3(FIELDS_EXPAND3(__VA_ARGS__)))
#define FIELDS_EXPAND3(...) FIELDS_EXPAND2(FIELDS_EXPAND2(FIELDS_EXPAND2(__VA_ARGS__)))
#define FIELDS_EXPAND2(...) FIELDS_EXPAND1(FIELDS_EXPAND1(FIELDS_EXPAND1(__VA_ARGS__)))
#define FIELDS_EXPAND1(...) __VA_ARGS__
#define FIELDS_PARENS ()
#define FIELDS_EACH(first, ...) \
  visitor(#first, self.first);  \
  __VA_OPT__(FIELDS_AGAIN FIELDS_PARENS(__VA_ARGS__))
#define FIELDS_AGAIN() FIELDS_EACH

#define FIELDS(...)                                         \
  template <class Self, class Visitor>                      \
  static void visit_fields(Self& self, Visitor&& visitor) { \
    FIELDS_EXPAND(FIELDS_EACH(__VA_ARGS__))                 \
  }

// A struct without fields.
#define NO_FIELDS                      \
  template <class Self, class Visitor> \
  static void visit_fields(Self&, Visitor&&) {}

namespace cutaway {

struct AnyVisitor {
  template <class T>
  void operator()(const char*, T&) {}
};

template <class T, class = void>
struct has_fields : std::false_type {};
template <class T>
struct has_fields<
    T, std::void_t<decltype(T::visit_fields(std::declval<T&>(), std::declval<AnyVisitor>()))>>
    : std::true_type {};

template <class T, class Visitor>
void visit_fields(T& object, Visitor&& visitor) {
  std::remove_const_t<T>::visit_fields(object, visitor);
}

}  // namespace cutaway
