#include "base/table.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/prng.h"

namespace cutaway {
namespace {

using ThingId = Id<struct ThingTag>;

struct Thing {
  ThingId id;
  std::string name;
};

using Things = Table<ThingId, Thing>;

Things table_of(std::uint32_t count) {
  Things table;
  for (std::uint32_t id = 1; id <= count; ++id) table.put(ThingId{id}, Thing{ThingId{id}, "v"});
  return table;
}

TEST(Table, FindsWhatWasPut) {
  Things table;
  EXPECT_TRUE(table.empty());
  EXPECT_EQ(table.find(ThingId{1}), nullptr);
  for (const std::uint32_t id : {1U, 31U, 32U, 33U, 1024U, 40000U, 4294967295U}) {
    table.put(ThingId{id}, Thing{ThingId{id}, "x"});
    ASSERT_NE(table.find(ThingId{id}), nullptr) << id;
    EXPECT_EQ(table.at(ThingId{id}).id.value, id);
  }
  EXPECT_EQ(table.size(), 7U);
  EXPECT_FALSE(table.contains(ThingId{34}));
}

TEST(Table, EachGoesInTheOrderOfIds) {
  Things table;
  for (const std::uint32_t id : {1000U, 3U, 70000U, 32U})
    table.put(ThingId{id}, Thing{ThingId{id}, ""});
  std::vector<std::uint32_t> ids;
  table.each([&ids](const Thing& thing) { ids.push_back(thing.id.value); });
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{3, 32, 1000, 70000}));
  const Thing* found = table.first([](const Thing& thing) { return thing.id.value > 100; });
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id.value, 1000U);
}

TEST(Table, CopiesDoNotSeeEachOthersChanges) {
  Things original = table_of(100);
  Things copy = original;
  EXPECT_TRUE(copy.same_storage(original));
  copy.mutate(ThingId{50}).name = "changed";
  copy.erase(ThingId{7});
  copy.put(ThingId{500}, Thing{ThingId{500}, "new"});
  EXPECT_EQ(original.at(ThingId{50}).name, "v");
  EXPECT_TRUE(original.contains(ThingId{7}));
  EXPECT_FALSE(original.contains(ThingId{500}));
  EXPECT_EQ(original.size(), 100U);
  EXPECT_EQ(copy.size(), 100U);
  EXPECT_EQ(copy.at(ThingId{50}).name, "changed");
  EXPECT_FALSE(copy.same_storage(original));
}

TEST(Table, AWriteLeavesTheRestShared) {
  const Things original = table_of(10000);
  Things copy = original;
  copy.mutate(ThingId{5000}).name = "changed";
  std::size_t apart = 0;
  for (std::uint32_t id = 1; id <= 10000; ++id)
    apart += original.find(ThingId{id}) != copy.find(ThingId{id}) ? 1U : 0U;
  EXPECT_EQ(apart, 1U) << "only the value that was written has been copied";
}

TEST(Table, BehavesAsAMap) {
  Prng prng(7);
  Things table;
  std::map<std::uint32_t, std::string> model;
  std::vector<std::pair<Things, std::map<std::uint32_t, std::string>>> copies;
  for (int i = 0; i < 5000; ++i) {
    const auto id = static_cast<std::uint32_t>(1 + prng.below(300));
    const std::string name = std::to_string(prng.below(1000));
    if (prng.below(3) == 0) {
      table.erase(ThingId{id});
      model.erase(id);
    } else if (table.contains(ThingId{id})) {
      table.mutate(ThingId{id}).name = name;
      model[id] = name;
    } else {
      table.put(ThingId{id}, Thing{ThingId{id}, name});
      model[id] = name;
    }
    if (i % 500 == 0) copies.emplace_back(table, model);
  }
  copies.emplace_back(table, model);
  for (const auto& copy : copies) {
    std::map<std::uint32_t, std::string> seen;
    copy.first.each([&seen](const Thing& thing) { seen[thing.id.value] = thing.name; });
    EXPECT_EQ(seen, copy.second);
    EXPECT_EQ(copy.first.size(), copy.second.size());
  }
}

using Model = std::map<std::uint32_t, std::string>;

/// What each_change() tells: id → names before and now.
std::map<std::uint32_t, std::pair<std::string, std::string>> told(const Things& before,
                                                                  const Things& now) {
  std::map<std::uint32_t, std::pair<std::string, std::string>> changes;
  Things::each_change(before, now, [&changes](const Thing* was, const Thing* is) {
    const Thing& any = was != nullptr ? *was : *is;
    changes[any.id.value] = {was == nullptr ? "" : was->name, is == nullptr ? "" : is->name};
  });
  return changes;
}

TEST(Table, EachChangeTellsWhatCameWentAndIsAnother) {
  Things before = table_of(40);
  Things now = before;
  EXPECT_TRUE(told(before, now).empty());
  now.mutate(ThingId{7}).name = "changed";
  now.erase(ThingId{33});
  now.put(ThingId{70000}, Thing{ThingId{70000}, "far"});  // makes the tree higher
  const std::map<std::uint32_t, std::pair<std::string, std::string>> changes = {
      {7, {"v", "changed"}}, {33, {"v", ""}}, {70000, {"", "far"}}};
  EXPECT_EQ(told(before, now), changes);
  EXPECT_EQ(told(now, before).size(), 3U) << "also backwards, from the higher to the lower";
  EXPECT_EQ(told(Things(), before).size(), 40U);
  EXPECT_EQ(told(before, Things()).size(), 40U);
  EXPECT_TRUE(told(Things(), Things()).empty());
}

TEST(Table, ChangesAppliedToWhatWasGiveWhatIs) {
  Prng prng(9);
  Things table = table_of(200);
  for (int round = 0; round < 50; ++round) {
    const Things before = table;
    for (std::uint64_t i = prng.below(20); i > 0; --i) {
      const auto id = static_cast<std::uint32_t>(1 + prng.below(3000));
      if (prng.below(3) == 0)
        table.erase(ThingId{id});
      else
        table.put(ThingId{id}, Thing{ThingId{id}, std::to_string(round)});
    }
    Model made, is;
    before.each([&made](const Thing& thing) { made[thing.id.value] = thing.name; });
    table.each([&is](const Thing& thing) { is[thing.id.value] = thing.name; });
    for (const auto& [id, names] : told(before, table)) {
      made.erase(id);
      if (!names.second.empty()) made[id] = names.second;
    }
    EXPECT_EQ(made, is);
  }
}

TEST(Cow, ClonesAtTheFirstWriteWhileShared) {
  Cow<std::string> a("x");
  Cow<std::string> b = a;
  EXPECT_EQ(&*a, &*b);
  b.mutate() += "y";
  EXPECT_EQ(*a, "x");
  EXPECT_EQ(*b, "xy");
  const std::string* place = &*b;
  b.mutate() += "z";
  EXPECT_EQ(&*b, place) << "alone: written in place";
}

// Ids are never given twice: whoever walks would else visit all that ever was.
TEST(Table, NothingIsLeftOfWhatWasErased) {
  Things table;
  const Things none;
  for (std::uint32_t id = 1; id <= 5000; ++id) {
    table.put(ThingId{id}, {});
    if (id > 3) table.erase(ThingId{id - 3});
  }
  EXPECT_EQ(table.size(), 3U);
  const Things copy = table;
  for (std::uint32_t id = 4998; id <= 5000; ++id) table.erase(ThingId{id});
  EXPECT_TRUE(table.same_storage(none));
  EXPECT_EQ(copy.size(), 3U);
  EXPECT_TRUE(copy.contains(ThingId{5000}));
}

}  // namespace
}  // namespace cutaway
