#include "trace/effects/call.h"

#include "trace/world/lookup.h"

namespace cutaway {

const Arg& Call::arg(std::size_t i) const {
  static const Arg missing;
  return i < done_.args.size() ? done_.args[i] : missing;
}

Walk Call::find(std::size_t path, LastLink last) const {
  return sink_.look_up(task(), text(path), last, nullptr);
}

Walk Call::find_at(std::size_t dirfd, std::size_t path, LastLink last) const {
  if (number(dirfd) == abi::at::kFdcwd) return find(path, last);
  const OpenFile* folder = file(number(dirfd));
  const Location from = folder == nullptr ? Location{} : place_of(world(), *folder);
  return sink_.look_up(task(), text(path), last, &from);
}

Walk Call::find_at_or_fd(std::size_t dirfd, std::size_t path, std::uint64_t at_flags,
                         LastLink last) const {
  const bool empty = text(path).empty() && (at_flags & abi::at::kEmptyPath) != 0;
  if (!empty) return find_at(dirfd, path, last);
  if (number(dirfd) == abi::at::kFdcwd) return walk(world(), task(), ".", last);
  const OpenFile* opened = file(number(dirfd));
  Walk found;
  if (opened == nullptr) {
    found.err = abi::Errno::kEBADF;
    return found;
  }
  found.where = opened->where;
  const std::optional<Entry> entry = entry_at(world(), task(), opened->where);
  if (entry) found.entry = *entry;
  found.entry.jump_ns = opened->ns;
  return found;
}

const OpenFile* Call::file(std::int64_t fd) const { return file_of(world(), task(), fd); }

const Arg* field(const Arg& arg, std::string_view key) {
  for (std::size_t i = 0; i < arg.keys.size() && i < arg.items.size(); ++i) {
    if (arg.keys[i] == key) return &arg.items[i];
  }
  return nullptr;
}

std::int64_t field_number(const Arg& arg, std::string_view key, std::int64_t otherwise) {
  const Arg* found = field(arg, key);
  return found == nullptr ? otherwise : found->value;
}

std::string field_text(const Arg& arg, std::string_view key) {
  const Arg* found = field(arg, key);
  return found == nullptr ? std::string{} : found->text;
}

}  // namespace cutaway
