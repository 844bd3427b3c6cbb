// The token of a litmus program: who runs next.
#include "spec/litmus_order.h"

#include "tests/unit/litmus/litmus_steps.h"

namespace cutaway::spec {
namespace {

using State = LitmusTaskState;
using Turn = std::optional<LitmusOrder::Task>;

// A first task with two children; all three meet at "b".
const char* const kThree = R"([
  {"call":"fork","child":[{"barrier":"b"}]},
  {"call":"fork","child":[{"barrier":"b"}]},
  {"barrier":"b"}])";

class LitmusOrderTest : public testing::Test {
 protected:
  Litmus litmus_ = litmus_of(kThree);
  LitmusOrder order_{litmus_.program};
  const LitmusProgram& child(std::size_t n) { return litmus_.program[n].child; }
};

TEST_F(LitmusOrderTest, ForkDoesNotPassTheToken) {
  EXPECT_EQ(order_.turn(), Turn(0));
  EXPECT_EQ(order_.create(child(0)), 1U);
  EXPECT_EQ(order_.turn(), Turn(0));
  EXPECT_TRUE(order_.holds(0));
  EXPECT_FALSE(order_.holds(1));
}

TEST_F(LitmusOrderTest, TheLastToComeKeepsIt) {
  order_.create(child(0));
  order_.create(child(1));
  order_.arrive(0, "b");
  EXPECT_EQ(order_.turn(), Turn(1));
  order_.arrive(1, "b");
  EXPECT_EQ(order_.turn(), Turn(2));
  EXPECT_EQ(order_.state(0), State::AtBarrier);
  order_.arrive(2, "b");
  EXPECT_EQ(order_.state(0), State::Ready);
  EXPECT_EQ(order_.turn(), Turn(2));
}

TEST_F(LitmusOrderTest, WhoEndedHasCome) {
  order_.create(child(0));
  order_.create(child(1));
  order_.arrive(0, "b");
  order_.set(1, State::Ended);
  EXPECT_EQ(order_.turn(), Turn(2));
  order_.set(2, State::Ended);
  EXPECT_EQ(order_.turn(), Turn(0));
}

TEST_F(LitmusOrderTest, WhoWasNeverMadeHasCome) {
  order_.create(child(0));
  order_.never_made(child(1));
  order_.arrive(0, "b");
  EXPECT_EQ(order_.turn(), Turn(1));
  order_.arrive(1, "b");
  EXPECT_EQ(order_.turn(), Turn(1));
  EXPECT_EQ(order_.state(0), State::Ready);
}

TEST_F(LitmusOrderTest, TheEarliestCreatedIsNext) {
  order_.create(child(0));
  order_.create(child(1));
  order_.set(0, State::Waiting);
  EXPECT_EQ(order_.turn(), Turn(1));
  order_.set(0, State::Ready);
  EXPECT_EQ(order_.turn(), Turn(1)) << "who has it keeps it";
  order_.set(1, State::InBlock);
  EXPECT_EQ(order_.turn(), Turn(0)) << "created before the other one";
}

TEST_F(LitmusOrderTest, NobodyCanRun) {
  order_.create(child(0));
  order_.set(0, State::Waiting);
  order_.set(1, State::InBlock);
  EXPECT_EQ(order_.turn(), Turn());
  EXPECT_EQ(order_.left().size(), 2U);
  order_.set(0, State::Ended);
  order_.set(0, State::Ready);
  EXPECT_EQ(order_.state(0), State::Ended) << "an end is for good";
}

TEST_F(LitmusOrderTest, AStoppedTaskStaysAtItsBarrier) {
  order_.create(child(0));
  order_.create(child(1));
  order_.arrive(0, "b");
  order_.arrive(1, "b");
  order_.set(1, State::Stopped);
  order_.arrive(2, "b");
  EXPECT_EQ(order_.state(1), State::Stopped);
  order_.set(2, State::Ended);
  order_.set(0, State::Ended);
  EXPECT_EQ(order_.turn(), Turn());
  order_.set(1, State::Ready);
  EXPECT_EQ(order_.turn(), Turn(1));
}

TEST(LitmusOrder, ABarrierMayBeUsedAgain) {
  const Litmus litmus = litmus_of(R"([
    {"call":"fork","child":[{"barrier":"b"},{"barrier":"b"}]},{"barrier":"b"},{"barrier":"b"}])");
  LitmusOrder order(litmus.program);
  order.create(litmus.program[0].child);
  order.arrive(0, "b");
  EXPECT_EQ(order.turn(), Turn(1));
  order.arrive(1, "b");
  EXPECT_EQ(order.turn(), Turn(1));
  order.arrive(1, "b");
  EXPECT_EQ(order.turn(), Turn(0)) << "the second round needs both again";
  order.arrive(0, "b");
  EXPECT_EQ(order.turn(), Turn(0));
}

}  // namespace
}  // namespace cutaway::spec
