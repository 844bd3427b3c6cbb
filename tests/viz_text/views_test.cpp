// Lens, matrix, tree and close-ups of a simulated machine with two containers.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "tests/viz_text/run_lines.h"
#include "trace/world/lookup.h"
#include "viz/player/event_class.h"
#include "viz/player/look.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/scene/closeup_scene.h"
#include "viz/scene/lens_from_world.h"
#include "viz/scene/lens_scene.h"
#include "viz/scene/matrix_from_world.h"
#include "viz/scene/matrix_scene.h"
#include "viz/scene/ship_from_world.h"
#include "viz/scene/tree_from_world.h"
#include "viz/scene/tree_scene.h"
#include "viz/text/explain_look.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

struct Size {
  double width, height;
};
constexpr Size kSizes[] = {{1000, 560}, {1256, 560}, {1576, 640}, {1576, 760}};

const Trace& two_containers() {
  static const Trace trace =
      run_lines({"run -d -m 64m --pids-limit 20 --name web busybox sleep 1000",
                 "run -d --name job busybox sleep 1000"},
                std::int64_t{8} << 30);
  EXPECT_EQ(failed_lines(trace), 0);
  return trace;
}

const World& world() {
  static const World last = two_containers().world_at(two_containers().size());
  return last;
}

const LensSection& section(const Lens& lens, const std::string& id) {
  return *std::find_if(lens.sections.begin(), lens.sections.end(),
                       [&id](const LensSection& each) { return each.id == id; });
}

TEST(Lens, ContainerSeesItsOwnTablesAndNoMore) {
  const Lens web = lens_of(world(), *lens_eye(world(), 0));
  ASSERT_EQ(section(web, "processes").rows.size(), 1U);
  EXPECT_EQ(section(web, "processes").rows[0].key, "1");
  EXPECT_EQ(section(web, "processes").rows[0].more, "sleep");
  EXPECT_EQ(section(web, "mounts").rows[0].key, "/");
  EXPECT_EQ(section(web, "mounts").rows[0].value, "overlay");
  EXPECT_EQ(section(web, "hostname").rows[0].key,
            container_by_name(world(), "web")->id.substr(0, 12));
  const Lens host = lens_of(world(), *lens_eye(world(), kHostSlot));
  EXPECT_GT(section(host, "processes").rows.size(), 5U);
  EXPECT_NE(section(host, "hostname").rows[0].key, section(web, "hostname").rows[0].key);
}

TEST(Lens, LimitsAreNotSeenButSaid) {
  const Lens web = lens_of(world(), *lens_eye(world(), 0));
  const Lens job = lens_of(world(), *lens_eye(world(), 1));
  EXPECT_EQ(section(web, "all").rows[2].value, "8 GiB, though limited to 64 MiB");
  EXPECT_EQ(section(job, "all").rows[2].value, "8 GiB");
}

TEST(Lens, LinksJoinWhatIsTheSameThing) {
  const Lens web = lens_of(world(), *lens_eye(world(), 0));
  const Lens host = lens_of(world(), *lens_eye(world(), kHostSlot));
  const Lens job = lens_of(world(), *lens_eye(world(), 1));
  std::size_t processes = 0, users = 0;
  for (const LensLink& link : lens_links(web, host)) {
    if (web.sections[link.section].id == "processes") {
      ++processes;
      EXPECT_FALSE(link.shared);
      const auto& there = host.sections[link.section].rows[link.right];
      EXPECT_EQ(there.key, decimal(lens_eye(world(), 0)->pid()));
    }
    if (web.sections[link.section].id == "users") {
      ++users;
      EXPECT_TRUE(link.shared);
    }
  }
  EXPECT_EQ(processes, 1U);
  EXPECT_EQ(users, 1U);
  for (const LensLink& link : lens_links(web, job)) {
    EXPECT_NE(web.sections[link.section].id, "processes") << "neither sees the other's";
  }
}

TEST(Lens, ExcerptKeepsWhatTheOtherSeesAndCountsTheRest) {
  const Lens web = lens_of(world(), *lens_eye(world(), 0));
  const Lens host = lens_of(world(), *lens_eye(world(), kHostSlot));
  const std::size_t all = section(host, "processes").rows.size();
  const auto rows = section(lens_excerpt(host, web, 4), "processes").rows;
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].key, "1");
  EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&web](const LensRow& row) {
    return row.thing == section(web, "processes").rows[0].thing;
  }));
  EXPECT_EQ(rows[3].key, "… " + decimal(static_cast<std::int64_t>(all - 3)) + " more");
  EXPECT_EQ(std::count(rows[3].rest.begin(), rows[3].rest.end(), '\n'),
            static_cast<std::ptrdiff_t>(all - 4))
      << "what is left out is told, a line each";
}

TEST(Lens, SentenceNamesWhatIsOwnAndWhatIsShared) {
  const Caption said = lens_caption(world(), *lens_eye(world(), 0));
  EXPECT_NE(said.what.find("Pid 1 here is pid"), std::string::npos);
  EXPECT_NE(said.why.find("its own pids, files, network and hostname"), std::string::npos);
  EXPECT_NE(said.why.find("users"), std::string::npos);
}

TEST(Matrix, OwnNamespacesAreFilledAndSharedOnesNameTheirOwner) {
  const Matrix matrix = matrix_of(world());
  ASSERT_EQ(matrix.rows.size(), 3U);
  EXPECT_EQ(matrix.rows[0].slot, kHostSlot);
  EXPECT_EQ(matrix.rows[1].name, "web");
  for (std::size_t i = 0; i < kMatrixColumns; ++i) {
    const MatrixCell& cell = matrix.rows[1].cells[i];
    const bool shared = matrix.kinds[i] == "user" || matrix.kinds[i] == "time";
    EXPECT_EQ(cell.own, !shared) << matrix.kinds[i];
    EXPECT_EQ(cell.owner, shared ? kHostSlot : 0) << matrix.kinds[i];
    EXPECT_EQ(cell.id == matrix.rows[2].cells[i].id, shared) << matrix.kinds[i];
  }
  EXPECT_NE(matrix_caption(matrix).what.find("time, user"), std::string::npos);
}

TEST(Tree, EachProcessHasANumberAtEveryLevelThatKnowsIt) {
  const ProcessTree tree = tree_of(world(), TaskId());
  std::size_t tasks = 0;
  world().tasks.each([&](const cutaway::Task& task) { tasks += task.leader == task.id ? 1 : 0; });
  EXPECT_EQ(tree.rows.size(), tasks);
  ASSERT_EQ(tree.levels.size(), 2U);
  const std::string id = "task:" + decimal(lens_eye(world(), 0)->pid());
  const auto web = std::find_if(tree.rows.begin(), tree.rows.end(),
                                [&id](const TreeRow& row) { return row.id == id; });
  ASSERT_NE(web, tree.rows.end());
  ASSERT_EQ(web->pids.size(), 2U);
  EXPECT_EQ(web->pids[1], "1");
  EXPECT_EQ((web - 1)->depth, web->depth - 1) << "under its shim";
}

TEST(Closeup, ContainerShowsLimitsAsWrittenAndTheLayersUnderIt) {
  const ShipModel ship = ship_model(two_containers(), world(), two_containers().size());
  const auto web = container_closeup(world(), ship, 0);
  ASSERT_TRUE(web);
  const auto limit = [&web](const std::string& file) {
    return *std::find_if(web->limits.begin(), web->limits.end(),
                         [&file](const LimitPart& each) { return each.file == file; });
  };
  EXPECT_EQ(limit("memory.max").written, "67108864");
  EXPECT_TRUE(limit("memory.max").limited);
  EXPECT_EQ(limit("pids.max").used, "1 of 20");
  EXPECT_EQ(limit("cpu.max").written, "max 100000");
  EXPECT_FALSE(limit("cpu.max").limited);
  ASSERT_GE(web->layers.size(), 2U);
  EXPECT_TRUE(web->layers.front().writable);
  EXPECT_EQ(web->layers.back().note, "read-only, also under B");
  EXPECT_FALSE(container_closeup(world(), ship, 7));
}

TEST(Closeup, ProcessShowsItsRightsAndWhereItsDescriptorsLead) {
  const ProcessCloseup sleep = process_closeup(world(), *lens_eye(world(), 0));
  EXPECT_EQ(sleep.capabilities.size(), 41U);
  EXPECT_EQ(std::count_if(sleep.capabilities.begin(), sleep.capabilities.end(),
                          [](const CapabilityCell& cell) { return cell.effective; }),
            14);
  ASSERT_GE(sleep.plugs.size(), 3U);
  EXPECT_EQ(sleep.plugs[1].fd, 1);
  EXPECT_EQ(sleep.plugs[1].kind, "pipe");
  EXPECT_NE(sleep.plugs[1].other.find(" of "), std::string::npos);
}

TEST(Closeup, SyscallDecodesItsRegisters) {
  const Trace& trace = two_containers();
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (!is<Syscall>(trace.record(n))) continue;
    if (std::get<Syscall>(trace.event(n).body).sys != abi::Sys::pivot_root) continue;
    const World there = trace.world_at(n + 1);
    const auto closeup = syscall_closeup(there, *happening_at(trace, n + 1));
    ASSERT_TRUE(closeup);
    EXPECT_EQ(closeup->number, "155");
    ASSERT_EQ(closeup->arguments.size(), 2U);
    EXPECT_EQ(closeup->arguments[0].key, "rdi  new_root");
    EXPECT_EQ(closeup->arguments[0].value, "\".\"");
    EXPECT_EQ(closeup->answer, "= 0");
    EXPECT_FALSE(closeup->effects.empty());
    return;
  }
  FAIL() << "nobody called pivot_root";
}

void expect_clean(const Scene& scene, const std::string& what) {
  for (const std::string& line : overlaps(scene)) ADD_FAILURE() << what << ": " << line;
  for (const std::string& line : labels_outside(scene)) ADD_FAILURE() << what << ": " << line;
}

TEST(Views, NothingOverlapsAtAnySize) {
  const FontMetrics metrics = FontMetrics::bundled();
  const SceneStyle style = {kDark, metrics};
  const Lens web = lens_of(world(), *lens_eye(world(), 0));
  const Lens host = lens_of(world(), *lens_eye(world(), kHostSlot));
  const ShipModel ship = ship_model(two_containers(), world(), two_containers().size());
  Closeup container, process;
  container.container = container_closeup(world(), ship, 0);
  process.process = process_closeup(world(), *lens_eye(world(), 0));
  for (const Size size : kSizes) {
    const Rect area = {10, 42, size.width, size.height};
    const std::string at = decimal(static_cast<std::int64_t>(size.width));
    expect_clean(lens_scene(web, host, style, {area.x, area.y, area.w * 0.58, area.h}),
                 "lens " + at);
    expect_clean(matrix_scene(matrix_of(world()), style, area), "matrix " + at);
    expect_clean(tree_scene(tree_of(world(), TaskId()), style, area), "tree " + at);
    expect_clean(closeup_scene(container, style, area), "container " + at);
    expect_clean(closeup_scene(process, style, area), "process " + at);
  }
}

TEST(Look, WhoIsNotThereIsToldWithWhoIs) {
  const auto found = sight_named(world(), "nosuch");
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().hint.find("host, web, job"), std::string::npos);
  EXPECT_EQ(sight_named(world(), "job")->slot, 1);
  EXPECT_EQ(sight_named(world(), "A")->slot, 0);
  const std::string pid = decimal(lens_eye(world(), 1)->pid());
  EXPECT_EQ(sight_named(world(), pid)->slot, 1);
}

TEST(Look, WordsSayWhatTheViewsShow) {
  const Trace& trace = two_containers();
  const auto said = [&trace](Look look) { return explain_look(trace, trace.size(), look).value(); };
  Look lens;
  lens.view = View::Lens;
  lens.of = "web";
  EXPECT_NE(said(lens).find("web (A) sees"), std::string::npos);
  EXPECT_NE(said(lens).find("though limited to 64 MiB"), std::string::npos);
  Look matrix;
  matrix.view = View::Matrix;
  EXPECT_NE(said(matrix).find("shared with the host"), std::string::npos);
  Look near;
  near.near = Nearness::Container;
  near.of = "web";
  EXPECT_NE(said(near).find("memory.max 67108864"), std::string::npos);
}

TEST(Camera, GoesInAndOutOneLevelAndReturnsByItself) {
  Camera camera;
  Sight web;
  web.container = true;
  web.slot = 0;
  web.task = TaskId(9);
  camera.nearer(web);
  EXPECT_EQ(camera.at(), Nearness::Container);
  camera.nearer(web);
  EXPECT_EQ(camera.at(), Nearness::Process);
  camera.nearer(web);
  EXPECT_EQ(camera.at(), Nearness::Process) << "it makes no call now";
  Sight shim;
  shim.task = TaskId(3);
  camera.follow(shim, true);
  EXPECT_EQ(camera.at(), Nearness::Process) << "pinned";
  camera.follow(shim, false);
  EXPECT_EQ(camera.at(), Nearness::Deck);
  camera.farther();
  EXPECT_EQ(camera.at(), Nearness::Ship);
}

TEST(Camera, WheelEnlargesAroundThePointerThenChangesTheLevel) {
  Camera camera;
  const Rect box = {0, 0, 1000, 500};
  const Point pointer = {900, 100};
  camera.wheel(2, pointer, box, {});
  EXPECT_GT(camera.zoom(), 1.2);
  const Rect area = camera.area(box);
  EXPECT_NEAR((pointer.x - area.x) / area.w, 0.9, 1e-9);
  Sight web;
  web.container = true;
  camera.wheel(3, pointer, box, web);
  EXPECT_EQ(camera.at(), Nearness::Container);
  EXPECT_EQ(camera.area(box), box);
}

}  // namespace
}  // namespace cutaway::viz
