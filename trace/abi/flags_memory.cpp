// Flags and constants of memory.
#include "trace/abi/table.h"

namespace cutaway::abi {

namespace {

constexpr Flag kProt[] = {{0, "PROT_NONE"},
                          {1, "PROT_READ"},
                          {2, "PROT_WRITE"},
                          {4, "PROT_EXEC"},
                          {0x1000000, "PROT_GROWSDOWN"},
                          {0x2000000, "PROT_GROWSUP"}};
constexpr Flag kMap[] = {{0x1, "MAP_SHARED"},
                         {0x2, "MAP_PRIVATE"},
                         {0x3, "MAP_SHARED_VALIDATE"},
                         {0x10, "MAP_FIXED"},
                         {0x20, "MAP_ANONYMOUS"},
                         {0x40, "MAP_32BIT"},
                         {0x100, "MAP_GROWSDOWN"},
                         {0x800, "MAP_DENYWRITE"},
                         {0x1000, "MAP_EXECUTABLE"},
                         {0x2000, "MAP_LOCKED"},
                         {0x4000, "MAP_NORESERVE"},
                         {0x8000, "MAP_POPULATE"},
                         {0x10000, "MAP_NONBLOCK"},
                         {0x20000, "MAP_STACK"},
                         {0x40000, "MAP_HUGETLB"},
                         {0x80000, "MAP_SYNC"},
                         {0x100000, "MAP_FIXED_NOREPLACE"}};
constexpr Flag kRemap[] = {{1, "MREMAP_MAYMOVE"}, {2, "MREMAP_FIXED"}, {4, "MREMAP_DONTUNMAP"}};
constexpr Flag kSync[] = {{1, "MS_ASYNC"}, {2, "MS_INVALIDATE"}, {4, "MS_SYNC"}};
constexpr Flag kAdvice[] = {
    {0, "MADV_NORMAL"},      {1, "MADV_RANDOM"},       {2, "MADV_SEQUENTIAL"},
    {3, "MADV_WILLNEED"},    {4, "MADV_DONTNEED"},     {8, "MADV_FREE"},
    {9, "MADV_REMOVE"},      {10, "MADV_DONTFORK"},    {11, "MADV_DOFORK"},
    {12, "MADV_MERGEABLE"},  {13, "MADV_UNMERGEABLE"}, {14, "MADV_HUGEPAGE"},
    {15, "MADV_NOHUGEPAGE"}, {16, "MADV_DONTDUMP"},    {17, "MADV_DODUMP"},
    {18, "MADV_WIPEONFORK"}, {19, "MADV_KEEPONFORK"},  {20, "MADV_COLD"},
    {21, "MADV_PAGEOUT"}};

}  // namespace

const FlagTable kMmapProt = flag_table("prot", kProt);
const FlagTable kMmapFlags = flag_table("map", kMap);
const FlagTable kMremapFlags = flag_table("mremap", kRemap);
const FlagTable kMsyncFlags = flag_table("msync", kSync);
const FlagTable kMemoryAdvice = flag_table("madvise", kAdvice);

}  // namespace cutaway::abi
