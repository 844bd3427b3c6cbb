// Tables that only documents and structs need: what stands in members, seldom in arguments.
#pragma once

#include "trace/abi/abi.h"

namespace cutaway::abi {

extern const FlagTable kDescriptorFlags;   // FD_CLOEXEC
extern const FlagTable kLockTypes;         // F_RDLCK …
extern const FlagTable kResolveFlags;      // openat2: RESOLVE_*
extern const FlagTable kFilesystemMagics;  // statfs: TMPFS_MAGIC …
extern const FlagTable kSigactionFlags;    // SA_*
extern const FlagTable kSignalCodes;       // si_code: SI_USER …, of SIGCHLD CLD_*
extern const FlagTable kPollEvents, kEpollEvents;
extern const FlagTable kInotifyEvents;
extern const FlagTable kPriorityKinds;      // PRIO_PROCESS …
extern const FlagTable kSchedulerPolicies;  // SCHED_*
extern const FlagTable kIntervalTimers;     // ITIMER_REAL …
extern const FlagTable kUsageKinds;         // RUSAGE_SELF …
extern const FlagTable kAmbientOps;         // PR_CAP_AMBIENT_*
extern const FlagTable kCapabilityNames;    // CAP_*, by number

}  // namespace cutaway::abi
