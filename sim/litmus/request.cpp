// Requests of litmus calls: arguments as the simulated kernel's handlers take them (sim/core/sys).
#include <algorithm>
#include <map>
#include <utility>

#include "sim/litmus/translate.h"
#include "trace/abi/more_flags.h"

namespace cutaway::sim {

namespace {

using spec::LitmusPass;

/// A number without a name stands for itself.
Arg unwrapped(Arg arg) {
  const bool scalar = arg.tag == ArgTag::Struct && arg.keys.size() == 1 && arg.keys[0].empty();
  if (scalar) return arg.items.front();
  for (Arg& item : arg.items) item = unwrapped(std::move(item));
  return arg;
}

/// The member of a struct; made where the document leaves it out.
Arg& member(Arg& structure, std::string_view name, Arg missing) {
  for (std::size_t i = 0; i < structure.keys.size(); ++i) {
    if (structure.keys[i] == name) return structure.items[i];
  }
  structure.keys.emplace_back(name);
  return structure.items.emplace_back(std::move(missing));
}

// ---- Structs as the kernel finds them in memory: all their members, in their order

/// Bits without a name are numbers.
Arg names_arg(const abi::FlagTable& table, const Arg& bits) {
  return Arg::list(abi::flag_names(table, static_cast<std::uint64_t>(bits.value)));
}

/// What a document leaves out is 0.
Arg completed(const spec::LitmusLayout& layout, const Arg& given) {
  if (given.tag != ArgTag::Struct) return given;
  Arg whole = given;
  whole.keys.clear();
  whole.items.clear();
  for (const spec::LitmusMember& each : layout.members) {
    const auto at = std::find(given.keys.begin(), given.keys.end(), each.name);
    const bool has = at != given.keys.end();
    Arg item =
        has ? given.items[static_cast<std::size_t>(at - given.keys.begin())] : Arg::integer(0);
    if (each.inner != nullptr && !has) item.tag = ArgTag::Struct;
    if (each.inner != nullptr) item = completed(*each.inner, item);
    if (each.table == &abi::kEpollEvents) item = names_arg(*each.table, item);
    whole.keys.emplace_back(each.name);
    whole.items.push_back(std::move(item));
  }
  return whole;
}

bool is_completed(const spec::LitmusLayout* layout) {
  namespace of = spec::layouts;
  const spec::LitmusLayout* const all[] = {&of::kTimespec, &of::kTimeval, &of::kItimerspec,
                                           &of::kItimerval, &of::kEpollEvent};
  return std::find(std::begin(all), std::end(all), layout) != std::end(all);
}

/// The length of a part goes without saying in a document.
Arg with_lengths(Arg parts) {
  for (Arg& part : parts.items) {
    if (part.tag != ArgTag::Struct || part.items.empty()) continue;
    const auto length = static_cast<std::int64_t>(part.items.front().text.size());
    member(part, "iov_len", Arg::integer(length));
  }
  return parts;
}

Arg with_signal(Arg clone) {
  if (clone.tag == ArgTag::Struct) member(clone, "exit_signal", Arg::integer(0));
  return clone;
}

/// Handlers only note their signal, whatever they do then: the program does it. Whoever makes the
/// call sets SA_RESTORER, as C libraries do: x86-64 insists on one.
Arg with_handler(Arg action) {
  constexpr std::int64_t kRestorer = 0x04000000;
  if (action.tag != ArgTag::Struct) return action;
  Arg& handler = member(action, "sa_handler", Arg::bytes("SIG_DFL"));
  const bool own = handler.tag == ArgTag::Struct || handler.text == "count";
  if (own) handler = Arg::bytes("handler");
  member(action, "sa_flags", Arg::integer(0)).value |= kRestorer;
  for (std::size_t i = 0; i < action.keys.size(); ++i) {
    if (action.keys[i] != "sa_mask" || !action.items[i].items.empty()) continue;
    action.keys.erase(action.keys.begin() + static_cast<std::ptrdiff_t>(i));  // as if left out
    action.items.erase(action.items.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return action;
}

/// As the kernel keeps it: each signal once, by number.
Arg in_order(Arg set) {
  std::map<int, Arg> signals;
  for (Arg& item : set.items) {
    const int named = abi::signal_of(item.text);
    signals.emplace(named > 0 ? named : static_cast<int>(item.value), std::move(item));
  }
  set.items.clear();
  for (auto& [number, item] : signals) set.items.push_back(std::move(item));
  return set;
}

Arg argument(const spec::LitmusCall& call, std::size_t n) {
  const Arg& arg = call.args[n];
  const spec::LitmusLayout* layout = call.parameters[n].layout;
  if (layout == &spec::layouts::kSocketLength) return {};
  if (layout == &spec::layouts::kSigaction) return with_handler(arg);
  if (layout == &spec::layouts::kCapHeader && arg.tag == ArgTag::Struct) {
    Arg whole = unwrapped(arg);
    member(whole, "pid", Arg::integer(0));
    return whole;
  }
  if (layout == &spec::layouts::kSignalSet) return in_order(unwrapped(arg));
  if (layout == &spec::layouts::kIovec) return with_lengths(unwrapped(arg));
  if (layout == &spec::layouts::kCloneArgs) return with_signal(unwrapped(arg));
  if (is_completed(layout)) return completed(*layout, unwrapped(arg));
  if (layout == &spec::layouts::kNamedInt && arg.tag == ArgTag::Struct && !arg.items.empty())
    return arg.items.front();
  return unwrapped(arg);
}

// ---- Pointers that lead nowhere

bool is_path_like(LitmusPass pass) { return pass == LitmusPass::Text || pass == LitmusPass::Texts; }

/// NULL where the kernel looks without asking.
bool must_not_be_null(const spec::LitmusCall& call, std::size_t n) {
  const std::string_view name = syscall_shape(call.sys).args[n].name;
  const ArgKind kind = syscall_shape(call.sys).args[n].kind;
  const bool optional = call.sys == abi::Sys::mount && name != "target";
  if (kind == ArgKind::Path) return !optional && call.sys != abi::Sys::utimensat;
  for (const char* needed :
       {"statbuf", "statxbuf", "pipefd", "sv", "buf", "name", "req", "request"}) {
    if (name == needed) return call.sys != abi::Sys::times;
  }
  return false;
}

bool leads_nowhere(const spec::LitmusCall& call, std::size_t n, const LitmusMemory& memory) {
  const LitmusPass pass = call.parameters[n].pass;
  const Arg& arg = call.args[n];
  if (pass == LitmusPass::Value) return false;
  const std::int32_t length = call.parameters[n].length;
  const bool empty = length >= 0 && call.args[static_cast<std::size_t>(length)].value == 0;
  if (empty && !is_path_like(pass)) return false;
  if (arg.tag == ArgTag::Integer) {
    const bool writes = pass == LitmusPass::Room || pass == LitmusPass::Result;
    const std::uint64_t bytes =
        length < 0 ? 1
                   : static_cast<std::uint64_t>(call.args[static_cast<std::size_t>(length)].value);
    return !memory.allows(static_cast<std::uint64_t>(arg.value), bytes, writes);
  }
  const bool comes_back = pass == LitmusPass::Room || pass == LitmusPass::Result;
  const bool null = arg.tag == ArgTag::Missing && (!comes_back || call.given[n]);
  return null && must_not_be_null(call, n);
}

BadPointer bad_pointer(const spec::LitmusCall& call, const LitmusMemory& memory) {
  BadPointer worst = BadPointer::None;
  for (std::size_t n = 0; n < call.args.size(); ++n) {
    if (!leads_nowhere(call, n, memory)) continue;
    if (is_path_like(call.parameters[n].pass)) return BadPointer::First;
    worst = BadPointer::Last;
  }
  return worst;
}

// ---- Calls that have more than arguments

std::vector<std::string> texts_of(const Arg& list) {
  std::vector<std::string> texts;
  for (const Arg& item : list.items) texts.push_back(item.text);
  return texts;
}

/// The bytes of a write, of the length that the call says: what lies behind them is zeros.
void add_bytes(const spec::LitmusCall& call, std::size_t n, Request& request) {
  const auto length = static_cast<std::size_t>(call.parameters[n].length);
  const std::int64_t wanted = std::clamp<std::int64_t>(call.args[length].value, 0, 1 << 20);
  request.data = call.args[n].text;
  request.data.resize(static_cast<std::size_t>(wanted));
  request.args[n] = Arg::bytes(request.data.substr(0, kCaptureBytes));
  request.args[n].length = request.data.size();
}

void add_room(const spec::LitmusCall& call, std::size_t n, Request& request) {
  const std::int32_t length = call.parameters[n].length;
  request.count =
      length < 0 ? call.room[n]
                 : static_cast<std::uint64_t>(call.args[static_cast<std::size_t>(length)].value);
  request.args[n] = {};
}

/// sethostname(2): only so many bytes of the name count.
void cut_text(const spec::LitmusCall& call, std::size_t n, Request& request) {
  const std::int64_t length = call.args[static_cast<std::size_t>(call.parameters[n].length)].value;
  const std::string& text = call.args[n].text;
  if (length >= 0 && static_cast<std::size_t>(length) < text.size())
    request.args[n] = Arg::bytes(text.substr(0, static_cast<std::size_t>(length)));
}

/// The parts of an iovec in a row.
void add_parts(const Arg& parts, Request& request) {
  for (const Arg& part : parts.items) {
    for (std::size_t i = 0; i < part.keys.size(); ++i) {
      if (part.keys[i] == "iov_base") request.data += part.items[i].text;
    }
  }
}

}  // namespace

Request litmus_request(const spec::LitmusCall& call, const LitmusMemory& memory) {
  Request request;
  request.sys = call.sys;
  request.wants_filled = true;
  request.bad_pointer = bad_pointer(call, memory);
  for (std::size_t n = 0; n < call.args.size(); ++n) request.args.push_back(argument(call, n));
  for (std::size_t n = 0; n < call.args.size(); ++n) {
    const spec::LitmusParameter& parameter = call.parameters[n];
    if (parameter.pass == LitmusPass::Bytes) add_bytes(call, n, request);
    if (parameter.pass == LitmusPass::Room) add_room(call, n, request);
    const bool written = parameter.pass == LitmusPass::Struct;
    if (written && parameter.layout == &spec::layouts::kIovec) add_parts(call.args[n], request);
    if (parameter.pass == LitmusPass::Text && parameter.length >= 0) cut_text(call, n, request);
    // A result that the kernel leaves out when nobody asks for it.
    const bool asked = parameter.pass == LitmusPass::Result && !call.given[n];
    const bool leaves_out =
        call.sys == abi::Sys::rt_sigaction || call.sys == abi::Sys::rt_sigprocmask;
    if (asked && leaves_out) request.args[n] = Arg::bytes("");
  }
  if (call.sys == abi::Sys::execve) {
    request.state.argv = texts_of(call.args[1]);
    request.state.env = texts_of(call.args[2]);
  }
  return request;
}

std::optional<int> exit_of_handler(const spec::LitmusCall& call) {
  if (call.sys != abi::Sys::rt_sigaction || call.args.at(1).tag != ArgTag::Struct)
    return std::nullopt;
  const Arg& action = call.args[1];
  for (std::size_t i = 0; i < action.keys.size(); ++i) {
    const Arg& handler = action.items[i];
    if (action.keys[i] == "sa_handler" && handler.tag == ArgTag::Struct)
      return static_cast<int>(handler.items.front().value);
  }
  return std::nullopt;
}

}  // namespace cutaway::sim
