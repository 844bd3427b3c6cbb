// Arguments whose meaning another one decides: fcntl(2), ioctl(2), prctl(2), getsockopt(2).
#include "spec/litmus/parameters.h"
#include "trace/abi/more_flags.h"

namespace cutaway::spec {

namespace {

using abi::Sys;
using namespace layouts;

constexpr LitmusParameter kNumber = {LitmusPass::Value};

// NOLINTNEXTLINE(readability-function-size): a table
const std::vector<LitmusVariant>& variant_rows() {
  using enum LitmusPass;
  using Kind = ArgKind;
  static const LitmusParameter kLock = {Both, &kFlock};
  static const LitmusParameter kInterface = {Both, &kIfreq};
  static const LitmusParameter kNumberOut = {LitmusPass::Result, &kNamedInt};
  static const std::vector<LitmusVariant> all = {
      {Sys::fcntl, 1, "F_SETFD", 2, Kind::Flags, &abi::kDescriptorFlags, kNumber},
      {Sys::fcntl, 1, "F_SETFL", 2, Kind::OpenFlags, &abi::kOpenFlags, kNumber},
      {Sys::fcntl, 1, "F_GETLK", 2, Kind::Struct, nullptr, kLock},
      {Sys::fcntl, 1, "F_SETLK", 2, Kind::Struct, nullptr, kLock},
      {Sys::fcntl, 1, "F_SETLKW", 2, Kind::Struct, nullptr, kLock},
      {Sys::fcntl, 1, "F_OFD_GETLK", 2, Kind::Struct, nullptr, kLock},
      {Sys::fcntl, 1, "F_OFD_SETLK", 2, Kind::Struct, nullptr, kLock},
      {Sys::fcntl, 1, "F_OFD_SETLKW", 2, Kind::Struct, nullptr, kLock},
      {Sys::ioctl, 1, "FIONREAD", 2, Kind::Struct, nullptr, kNumberOut},
      {Sys::ioctl, 1, "TIOCGPGRP", 2, Kind::Struct, nullptr, kNumberOut},
      {Sys::ioctl, 1, "TIOCGSID", 2, Kind::Struct, nullptr, kNumberOut},
      {Sys::ioctl, 1, "TIOCGPTN", 2, Kind::Struct, nullptr, kNumberOut},
      {Sys::ioctl, 1, "NS_GET_OWNER_UID", 2, Kind::Struct, nullptr, kNumberOut},
      {Sys::ioctl, 1, "TIOCGWINSZ", 2, Kind::Struct, nullptr, {LitmusPass::Result, &kWinsize}},
      {Sys::ioctl, 1, "TIOCSWINSZ", 2, Kind::Struct, nullptr, {LitmusPass::Struct, &kWinsize}},
      {Sys::ioctl, 1, "SIOCGIFFLAGS", 2, Kind::Struct, nullptr, kInterface},
      {Sys::ioctl, 1, "SIOCSIFFLAGS", 2, Kind::Struct, nullptr, kInterface},
      {Sys::ioctl, 1, "SIOCGIFINDEX", 2, Kind::Struct, nullptr, kInterface},
      {Sys::prctl, 0, "PR_SET_NAME", 1, Kind::Text, nullptr, {Text}},
      {Sys::prctl, 0, "PR_GET_NAME", 1, Kind::Buffer, nullptr, {Room}},
      {Sys::prctl, 0, "PR_SET_PDEATHSIG", 1, Kind::Signal, nullptr, kNumber},
      {Sys::prctl, 0, "PR_GET_PDEATHSIG", 1, Kind::Struct, nullptr, kNumberOut},
      {Sys::prctl, 0, "PR_GET_CHILD_SUBREAPER", 1, Kind::Struct, nullptr, kNumberOut},
      {Sys::prctl, 0, "PR_CAPBSET_READ", 1, Kind::Constant, &abi::kCapabilityNames, kNumber},
      {Sys::prctl, 0, "PR_CAPBSET_DROP", 1, Kind::Constant, &abi::kCapabilityNames, kNumber},
      {Sys::prctl, 0, "PR_CAP_AMBIENT", 1, Kind::Constant, &abi::kAmbientOps, kNumber},
      {Sys::prctl, 0, "PR_CAP_AMBIENT", 2, Kind::Constant, &abi::kCapabilityNames, kNumber},
      {Sys::setsockopt,
       2,
       "SO_RCVTIMEO",
       3,
       Kind::Struct,
       nullptr,
       {LitmusPass::Struct, &kTimeval, false, 4}},
      {Sys::setsockopt,
       2,
       "SO_SNDTIMEO",
       3,
       Kind::Struct,
       nullptr,
       {LitmusPass::Struct, &kTimeval, false, 4}},
      {Sys::setsockopt, 2, "SO_BINDTODEVICE", 3, Kind::Text, nullptr, {Text, nullptr, false, 4}},
      {Sys::getsockopt, 2, "SO_PEERCRED", 3, Kind::Struct, nullptr, {LitmusPass::Result, &kUcred}},
  };
  return all;
}

}  // namespace

const LitmusVariant* litmus_variant(abi::Sys sys, std::size_t n, const std::vector<Arg>& args) {
  for (const LitmusVariant& row : variant_rows()) {
    if (row.sys != sys || row.n != n || row.chooser >= args.size()) continue;
    std::uint64_t value = 0;
    const abi::FlagTable* table = syscall_shape(sys).args.at(row.chooser).table;
    if (abi::flag_value(*table, row.value, value) &&
        value == static_cast<std::uint64_t>(args[row.chooser].value))
      return &row;
  }
  return nullptr;
}

}  // namespace cutaway::spec
