// The kernel's overlayfs as judge: layers unpacked for it and mounted one over the other show the
// same tree as the same layers unpacked into one folder. In a mount namespace of its own.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "base/prng.h"
#include "base/text.h"
#include "tests/unit/real_image/archives.h"
#include "tests/unit/real_image/trees.h"

namespace cutaway::test {
namespace {

using real::Deletions;
using Tree = std::map<std::string, std::string>;

constexpr int kNoOverlay = 77;

// Few names, so that layers meet often. Parents are listed, as in every archive of a real tree.
std::vector<Member> random_layer(Prng& prng, int number) {
  std::vector<Member> members;
  const std::string names[] = {"a", "b", "c"};
  const auto count = 1 + prng.below(7);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string path;
    for (auto depth = prng.below(3); depth > 0; --depth) {
      path += names[prng.below(3)] + "/";
      members.push_back(folder(path, static_cast<unsigned>(0700 + prng.below(64))));
    }
    const std::string name = names[prng.below(3)];
    const std::string text = decimal(number) + "." + decimal(static_cast<std::int64_t>(i));
    const Member kinds[] = {file(path + name, text),
                            folder(path + name + "/", 0750),
                            link(path + name, "../" + text),
                            file(path + ".wh." + name, ""),
                            file(path + ".wh..wh..opq", ""),
                            hard_link(path + name, "a"),
                            node(path + name, MemberKind::Fifo)};
    members.push_back(kinds[prng.below(7)]);
  }
  return members;
}

// A name whose other names a higher layer hides has fewer of them in one folder.
Tree without_link_counts(Tree found) {
  for (auto& [path, what] : found) {
    const std::size_t at = what.find(" links=");
    if (at != std::string::npos) what.erase(at, what.find(' ', at + 1) - at);
  }
  return found;
}

// In a child. 0: the same, 1: not.
int compare_mounted(const std::string& lower, const std::string& merged, const Tree& flat) {
  if (::unshare(CLONE_NEWNS) != 0) return kNoOverlay;
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return kNoOverlay;
  const std::string data = "lowerdir=" + lower;
  if (::mount("overlay", merged.c_str(), "overlay", MS_RDONLY, data.c_str()) != 0)
    return errno == ENODEV ? kNoOverlay : 2;
  const Tree mounted = without_link_counts(tree(merged));
  ::umount2(merged.c_str(), MNT_DETACH);
  if (mounted == flat) return 0;
  for (const auto& [path, what] : mounted) std::cerr << "overlay: " << path << " " << what << "\n";
  for (const auto& [path, what] : flat) std::cerr << "flat:    " << path << " " << what << "\n";
  return 1;
}

int in_child(const std::string& lower, const std::string& merged, const Tree& flat) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(compare_mounted(lower, merged, flat));
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}

TEST(OverlayAndFlat, ShowTheSameTree) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may mount an overlay";
  int layers_in_all = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Scratch scratch;
    Prng prng(seed);
    mkdir(scratch / "empty");
    mkdir(scratch / "empty-too");
    // An overlay wants at least two, also when all layers were refused.
    const std::string bottom = scratch / "empty" + ":" + scratch / "empty-too";
    std::string lower = bottom;
    mkdir(scratch / "merged");
    mkdir(scratch / "flat");
    std::string said;  // the layers, for whoever has to find out
    for (int number = 0; number < 4; ++number) {
      const std::vector<Member> members = random_layer(prng, number);
      const std::string archive = tar(members);
      const std::string place = scratch / decimal(number);
      // A layer that is refused (a hard link to what it does not hold) is refused in both forms.
      const auto layer = unpack(archive, place);
      if (!layer) continue;
      const auto applied = unpack(archive, scratch / "flat", options(Deletions::Apply));
      ASSERT_EQ(words(applied), "") << "seed " << seed;
      lower = place + ":" + (layer->hides_lower ? bottom : lower);
      ++layers_in_all;
      for (const Member& member : members) said += member.name + " " + member.text + "\n";
      said += "--\n";
    }
    const int judged =
        in_child(lower, scratch / "merged", without_link_counts(tree(scratch / "flat")));
    if (judged == kNoOverlay) GTEST_SKIP() << "this kernel mounts no overlay here";
    ASSERT_EQ(judged, 0) << "seed " << seed << "\n" << said;
  }
  EXPECT_GT(layers_in_all, 200);
}

}  // namespace
}  // namespace cutaway::test
