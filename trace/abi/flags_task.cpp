// Flags and constants of tasks: clone, wait, prctl, seccomp, futex, clocks, limits.
#include "trace/abi/more_flags.h"
#include "trace/abi/table.h"

namespace cutaway::abi {

namespace {

constexpr Flag kClone[] = {{0x80, "CLONE_NEWTIME"},
                           {0x100, "CLONE_VM"},
                           {0x200, "CLONE_FS"},
                           {0x400, "CLONE_FILES"},
                           {0x800, "CLONE_SIGHAND"},
                           {0x1000, "CLONE_PIDFD"},
                           {0x2000, "CLONE_PTRACE"},
                           {0x4000, "CLONE_VFORK"},
                           {0x8000, "CLONE_PARENT"},
                           {0x10000, "CLONE_THREAD"},
                           {0x20000, "CLONE_NEWNS"},
                           {0x40000, "CLONE_SYSVSEM"},
                           {0x80000, "CLONE_SETTLS"},
                           {0x100000, "CLONE_PARENT_SETTID"},
                           {0x200000, "CLONE_CHILD_CLEARTID"},
                           {0x400000, "CLONE_DETACHED"},
                           {0x800000, "CLONE_UNTRACED"},
                           {0x1000000, "CLONE_CHILD_SETTID"},
                           {0x2000000, "CLONE_NEWCGROUP"},
                           {0x4000000, "CLONE_NEWUTS"},
                           {0x8000000, "CLONE_NEWIPC"},
                           {0x10000000, "CLONE_NEWUSER"},
                           {0x20000000, "CLONE_NEWPID"},
                           {0x40000000, "CLONE_NEWNET"},
                           {0x80000000, "CLONE_IO"},
                           {0x100000000, "CLONE_CLEAR_SIGHAND"},
                           {0x200000000, "CLONE_INTO_CGROUP"}};

constexpr Flag kWait[] = {{1, "WNOHANG"},         {2, "WUNTRACED"},
                          {4, "WEXITED"},         {8, "WCONTINUED"},
                          {0x1000000, "WNOWAIT"}, {0x20000000, "__WNOTHREAD"},
                          {0x40000000, "__WALL"}, {0x80000000, "__WCLONE"}};
constexpr Flag kIdType[] = {{0, "P_ALL"}, {1, "P_PID"}, {2, "P_PGID"}, {3, "P_PIDFD"}};

constexpr Flag kPrctl[] = {{1, "PR_SET_PDEATHSIG"},
                           {2, "PR_GET_PDEATHSIG"},
                           {3, "PR_GET_DUMPABLE"},
                           {4, "PR_SET_DUMPABLE"},
                           {7, "PR_GET_KEEPCAPS"},
                           {8, "PR_SET_KEEPCAPS"},
                           {13, "PR_GET_TIMING"},
                           {14, "PR_SET_TIMING"},
                           {15, "PR_SET_NAME"},
                           {16, "PR_GET_NAME"},
                           {21, "PR_GET_SECCOMP"},
                           {22, "PR_SET_SECCOMP"},
                           {23, "PR_CAPBSET_READ"},
                           {24, "PR_CAPBSET_DROP"},
                           {25, "PR_GET_TSC"},
                           {26, "PR_SET_TSC"},
                           {27, "PR_GET_SECUREBITS"},
                           {28, "PR_SET_SECUREBITS"},
                           {29, "PR_SET_TIMERSLACK"},
                           {30, "PR_GET_TIMERSLACK"},
                           {33, "PR_MCE_KILL"},
                           {34, "PR_MCE_KILL_GET"},
                           {35, "PR_SET_MM"},
                           {36, "PR_SET_CHILD_SUBREAPER"},
                           {37, "PR_GET_CHILD_SUBREAPER"},
                           {38, "PR_SET_NO_NEW_PRIVS"},
                           {39, "PR_GET_NO_NEW_PRIVS"},
                           {40, "PR_GET_TID_ADDRESS"},
                           {41, "PR_SET_THP_DISABLE"},
                           {42, "PR_GET_THP_DISABLE"},
                           {47, "PR_CAP_AMBIENT"},
                           {52, "PR_GET_SPECULATION_CTRL"},
                           {53, "PR_SET_SPECULATION_CTRL"},
                           {57, "PR_SET_IO_FLUSHER"},
                           {58, "PR_GET_IO_FLUSHER"},
                           {59, "PR_SET_SYSCALL_USER_DISPATCH"},
                           {62, "PR_SCHED_CORE"},
                           {0x53564d41, "PR_SET_VMA"},
                           {0x59616d61, "PR_SET_PTRACER"}};

constexpr Flag kArchPrctl[] = {{0x1001, "ARCH_SET_GS"},    {0x1002, "ARCH_SET_FS"},
                               {0x1003, "ARCH_GET_FS"},    {0x1004, "ARCH_GET_GS"},
                               {0x1011, "ARCH_GET_CPUID"}, {0x1012, "ARCH_SET_CPUID"}};

constexpr Flag kSeccomp[] = {
    {1, "SECCOMP_FILTER_FLAG_TSYNC"},        {2, "SECCOMP_FILTER_FLAG_LOG"},
    {4, "SECCOMP_FILTER_FLAG_SPEC_ALLOW"},   {8, "SECCOMP_FILTER_FLAG_NEW_LISTENER"},
    {16, "SECCOMP_FILTER_FLAG_TSYNC_ESRCH"}, {32, "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}};
constexpr Flag kSeccompOperation[] = {{0, "SECCOMP_SET_MODE_STRICT"},
                                      {1, "SECCOMP_SET_MODE_FILTER"},
                                      {2, "SECCOMP_GET_ACTION_AVAIL"},
                                      {3, "SECCOMP_GET_NOTIF_SIZES"}};

constexpr Flag kFutex[] = {{0, "FUTEX_WAIT"},
                           {1, "FUTEX_WAKE"},
                           {3, "FUTEX_REQUEUE"},
                           {4, "FUTEX_CMP_REQUEUE"},
                           {5, "FUTEX_WAKE_OP"},
                           {6, "FUTEX_LOCK_PI"},
                           {7, "FUTEX_UNLOCK_PI"},
                           {8, "FUTEX_TRYLOCK_PI"},
                           {9, "FUTEX_WAIT_BITSET"},
                           {10, "FUTEX_WAKE_BITSET"},
                           {128, "FUTEX_WAIT_PRIVATE"},
                           {129, "FUTEX_WAKE_PRIVATE"},
                           {131, "FUTEX_REQUEUE_PRIVATE"},
                           {132, "FUTEX_CMP_REQUEUE_PRIVATE"},
                           {133, "FUTEX_WAKE_OP_PRIVATE"},
                           {134, "FUTEX_LOCK_PI_PRIVATE"},
                           {135, "FUTEX_UNLOCK_PI_PRIVATE"},
                           {136, "FUTEX_TRYLOCK_PI_PRIVATE"},
                           {137, "FUTEX_WAIT_BITSET_PRIVATE"},
                           {138, "FUTEX_WAKE_BITSET_PRIVATE"},
                           {265, "FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME"},
                           {393, "FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME"}};

constexpr Flag kClock[] = {
    {0, "CLOCK_REALTIME"},          {1, "CLOCK_MONOTONIC"},     {2, "CLOCK_PROCESS_CPUTIME_ID"},
    {3, "CLOCK_THREAD_CPUTIME_ID"}, {4, "CLOCK_MONOTONIC_RAW"}, {5, "CLOCK_REALTIME_COARSE"},
    {6, "CLOCK_MONOTONIC_COARSE"},  {7, "CLOCK_BOOTTIME"},      {8, "CLOCK_REALTIME_ALARM"},
    {9, "CLOCK_BOOTTIME_ALARM"},    {11, "CLOCK_TAI"}};
constexpr Flag kTimer[] = {{1, "TIMER_ABSTIME"}};

constexpr Flag kResource[] = {
    {0, "RLIMIT_CPU"},       {1, "RLIMIT_FSIZE"}, {2, "RLIMIT_DATA"},    {3, "RLIMIT_STACK"},
    {4, "RLIMIT_CORE"},      {5, "RLIMIT_RSS"},   {6, "RLIMIT_NPROC"},   {7, "RLIMIT_NOFILE"},
    {8, "RLIMIT_MEMLOCK"},   {9, "RLIMIT_AS"},    {10, "RLIMIT_LOCKS"},  {11, "RLIMIT_SIGPENDING"},
    {12, "RLIMIT_MSGQUEUE"}, {13, "RLIMIT_NICE"}, {14, "RLIMIT_RTPRIO"}, {15, "RLIMIT_RTTIME"}};
constexpr Flag kSigprocmask[] = {{0, "SIG_BLOCK"}, {1, "SIG_UNBLOCK"}, {2, "SIG_SETMASK"}};

constexpr Flag kSigaction[] = {{0x1, "SA_NOCLDSTOP"},      {0x2, "SA_NOCLDWAIT"},
                               {0x4, "SA_SIGINFO"},        {0x4000000, "SA_RESTORER"},
                               {0x8000000, "SA_ONSTACK"},  {0x10000000, "SA_RESTART"},
                               {0x40000000, "SA_NODEFER"}, {0x80000000, "SA_RESETHAND"}};
constexpr Flag kCodes[] = {
    {0, "SI_USER"},           {1, "CLD_EXITED"},       {2, "CLD_KILLED"},
    {3, "CLD_DUMPED"},        {4, "CLD_TRAPPED"},      {5, "CLD_STOPPED"},
    {6, "CLD_CONTINUED"},     {0x80, "SI_KERNEL"},     {0xfffffffa, "SI_TKILL"},
    {0xfffffffe, "SI_TIMER"}, {0xffffffff, "SI_QUEUE"}};

constexpr Flag kPriority[] = {{0, "PRIO_PROCESS"}, {1, "PRIO_PGRP"}, {2, "PRIO_USER"}};
constexpr Flag kPolicy[] = {{0, "SCHED_OTHER"}, {1, "SCHED_FIFO"}, {2, "SCHED_RR"},
                            {3, "SCHED_BATCH"}, {5, "SCHED_IDLE"}, {6, "SCHED_DEADLINE"}};
constexpr Flag kInterval[] = {{0, "ITIMER_REAL"}, {1, "ITIMER_VIRTUAL"}, {2, "ITIMER_PROF"}};
constexpr Flag kUsage[] = {
    {0, "RUSAGE_SELF"}, {1, "RUSAGE_THREAD"}, {0xffffffffffffffff, "RUSAGE_CHILDREN"}};
constexpr Flag kAmbient[] = {{1, "PR_CAP_AMBIENT_IS_SET"},
                             {2, "PR_CAP_AMBIENT_RAISE"},
                             {3, "PR_CAP_AMBIENT_LOWER"},
                             {4, "PR_CAP_AMBIENT_CLEAR_ALL"}};

constexpr Flag kKeyctl[] = {{0, "KEYCTL_GET_KEYRING_ID"}, {1, "KEYCTL_JOIN_SESSION_KEYRING"},
                            {2, "KEYCTL_UPDATE"},         {3, "KEYCTL_REVOKE"},
                            {4, "KEYCTL_CHOWN"},          {5, "KEYCTL_SETPERM"},
                            {6, "KEYCTL_DESCRIBE"},       {7, "KEYCTL_CLEAR"},
                            {8, "KEYCTL_LINK"},           {9, "KEYCTL_UNLINK"},
                            {10, "KEYCTL_SEARCH"},        {11, "KEYCTL_READ"},
                            {15, "KEYCTL_SET_TIMEOUT"},   {17, "KEYCTL_GET_SECURITY"},
                            {21, "KEYCTL_INVALIDATE"}};

}  // namespace

const FlagTable kCloneFlags = flag_table("clone", kClone);
const FlagTable kWaitFlags = flag_table("wait", kWait);
const FlagTable kWaitIdTypes = flag_table("idtype", kIdType);
const FlagTable kPrctlOptions = flag_table("prctl", kPrctl);
const FlagTable kArchPrctlCodes = flag_table("arch_prctl", kArchPrctl);
const FlagTable kSeccompFlags = flag_table("seccomp flags", kSeccomp);
const FlagTable kSeccompOps = flag_table("seccomp", kSeccompOperation);
const FlagTable kFutexOps = flag_table("futex", kFutex);
const FlagTable kClockIds = flag_table("clock", kClock);
const FlagTable kTimerFlags = flag_table("timer", kTimer);
const FlagTable kResourceLimits = flag_table("rlimit", kResource);
const FlagTable kSigprocmaskHows = flag_table("sigprocmask", kSigprocmask);
const FlagTable kSigactionFlags = flag_table("sigaction", kSigaction);
const FlagTable kSignalCodes = flag_table("si_code", kCodes);
const FlagTable kPriorityKinds = flag_table("priority", kPriority);
const FlagTable kSchedulerPolicies = flag_table("policy", kPolicy);
const FlagTable kIntervalTimers = flag_table("interval timer", kInterval);
const FlagTable kUsageKinds = flag_table("usage", kUsage);
const FlagTable kAmbientOps = flag_table("ambient", kAmbient);
const FlagTable kKeyctlOps = flag_table("keyctl", kKeyctl);

}  // namespace cutaway::abi
