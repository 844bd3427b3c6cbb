// Flags and constants of mounts: mount(2), umount2(2), and the newer calls on mounts as
// descriptors.
#include "trace/abi/more_flags.h"
#include "trace/abi/table.h"

namespace cutaway::abi {

namespace {

constexpr Flag kMount[] = {{1, "MS_RDONLY"},
                           {2, "MS_NOSUID"},
                           {4, "MS_NODEV"},
                           {8, "MS_NOEXEC"},
                           {16, "MS_SYNCHRONOUS"},
                           {32, "MS_REMOUNT"},
                           {64, "MS_MANDLOCK"},
                           {128, "MS_DIRSYNC"},
                           {256, "MS_NOSYMFOLLOW"},
                           {1024, "MS_NOATIME"},
                           {2048, "MS_NODIRATIME"},
                           {4096, "MS_BIND"},
                           {8192, "MS_MOVE"},
                           {16384, "MS_REC"},
                           {32768, "MS_SILENT"},
                           {1U << 16, "MS_POSIXACL"},
                           {1U << 17, "MS_UNBINDABLE"},
                           {1U << 18, "MS_PRIVATE"},
                           {1U << 19, "MS_SLAVE"},
                           {1U << 20, "MS_SHARED"},
                           {1U << 21, "MS_RELATIME"},
                           {1U << 22, "MS_KERNMOUNT"},
                           {1U << 23, "MS_I_VERSION"},
                           {1U << 24, "MS_STRICTATIME"},
                           {1U << 25, "MS_LAZYTIME"},
                           {0xc0ed0000, "MS_MGC_VAL"}};
constexpr Flag kUmount[] = {
    {1, "MNT_FORCE"}, {2, "MNT_DETACH"}, {4, "MNT_EXPIRE"}, {8, "UMOUNT_NOFOLLOW"}};

constexpr Flag kAttributes[] = {{1, "MOUNT_ATTR_RDONLY"},
                                {2, "MOUNT_ATTR_NOSUID"},
                                {4, "MOUNT_ATTR_NODEV"},
                                {8, "MOUNT_ATTR_NOEXEC"},
                                {0x10, "MOUNT_ATTR_NOATIME"},
                                {0x20, "MOUNT_ATTR_STRICTATIME"},
                                {0x80, "MOUNT_ATTR_NODIRATIME"},
                                {0x100000, "MOUNT_ATTR_IDMAP"},
                                {0x200000, "MOUNT_ATTR_NOSYMFOLLOW"}};
constexpr Flag kOpenTree[] = {{1, "OPEN_TREE_CLONE"},     {0x100, "AT_SYMLINK_NOFOLLOW"},
                              {0x800, "AT_NO_AUTOMOUNT"}, {0x1000, "AT_EMPTY_PATH"},
                              {0x8000, "AT_RECURSIVE"},   {02000000, "OPEN_TREE_CLOEXEC"}};
constexpr Flag kMove[] = {{1, "MOVE_MOUNT_F_SYMLINKS"},      {2, "MOVE_MOUNT_F_AUTOMOUNTS"},
                          {4, "MOVE_MOUNT_F_EMPTY_PATH"},    {0x10, "MOVE_MOUNT_T_SYMLINKS"},
                          {0x20, "MOVE_MOUNT_T_AUTOMOUNTS"}, {0x40, "MOVE_MOUNT_T_EMPTY_PATH"},
                          {0x100, "MOVE_MOUNT_SET_GROUP"}};
constexpr Flag kFsopen[] = {{1, "FSOPEN_CLOEXEC"}};
constexpr Flag kFsmount[] = {{1, "FSMOUNT_CLOEXEC"}};
constexpr Flag kFspick[] = {{1, "FSPICK_CLOEXEC"},
                            {2, "FSPICK_SYMLINK_NOFOLLOW"},
                            {4, "FSPICK_NO_AUTOMOUNT"},
                            {8, "FSPICK_EMPTY_PATH"}};
constexpr Flag kFsconfig[] = {{0, "FSCONFIG_SET_FLAG"},       {1, "FSCONFIG_SET_STRING"},
                              {2, "FSCONFIG_SET_BINARY"},     {3, "FSCONFIG_SET_PATH"},
                              {4, "FSCONFIG_SET_PATH_EMPTY"}, {5, "FSCONFIG_SET_FD"},
                              {6, "FSCONFIG_CMD_CREATE"},     {7, "FSCONFIG_CMD_RECONFIGURE"}};
constexpr Flag kMagics[] = {{0x1cd1, "DEVPTS_SUPER_MAGIC"}, {0x9fa0, "PROC_SUPER_MAGIC"},
                            {0xef53, "EXT4_SUPER_MAGIC"},   {0x27e0eb, "CGROUP_SUPER_MAGIC"},
                            {0x1021994, "TMPFS_MAGIC"},     {0x19800202, "MQUEUE_MAGIC"},
                            {0x50495045, "PIPEFS_MAGIC"},   {0x534f434b, "SOCKFS_MAGIC"},
                            {0x62656572, "SYSFS_MAGIC"},    {0x63677270, "CGROUP2_SUPER_MAGIC"},
                            {0x6e736673, "NSFS_MAGIC"},     {0x794c7630, "OVERLAYFS_SUPER_MAGIC"}};

}  // namespace

const FlagTable kFilesystemMagics = flag_table("file system magic", kMagics);
const FlagTable kMountFlags = flag_table("mount", kMount);
const FlagTable kUmountFlags = flag_table("umount", kUmount);
const FlagTable kMountAttributes = flag_table("mount attributes", kAttributes);
const FlagTable kOpenTreeFlags = flag_table("open_tree", kOpenTree);
const FlagTable kMoveMountFlags = flag_table("move_mount", kMove);
const FlagTable kFsopenFlags = flag_table("fsopen", kFsopen);
const FlagTable kFsmountFlags = flag_table("fsmount", kFsmount);
const FlagTable kFspickFlags = flag_table("fspick", kFspick);
const FlagTable kFsconfigCommands = flag_table("fsconfig", kFsconfig);

}  // namespace cutaway::abi
