// Each lesson from its first to its last page, with keys and clicks; and what was done gets all
// points.
#include "app/cli/lesson_files.h"
#include "base/text.h"
#include "lessons/hand_in.h"
#include "tests/unit/app_lesson/lesson_window.h"
#include "viz/scene/window_layout.h"

namespace cutaway::app {
namespace {

using lessons::AnswerForm;
using lessons::Exercise;
using lessons::Page;
using lessons::PageKind;

class Walk : public ::testing::TestWithParam<std::string> {
 protected:
  const lessons::Play& play() { return window_.play(); }

  /// No word reaches over the edge of the lesson's column or is cut, in any language.
  void expect_whole() {
    const std::string before = play().language();
    const viz::Rect column =
        viz::window_layout(kWidth, kHeight, {.lesson = viz::measure::kLessonPanel}).left;
    for (const std::string& language : play().languages()) {
      window_.lesson().play->speak(language);
      window_.settle();
      for (const viz::Scene& scene : window_.window.scenes()) {
        if (scene.area.right() > column.right() + 1 || scene.area.y < column.y) continue;
        for (const viz::LabelBox& label : scene.labels)
          EXPECT_LE(label.box.right(), column.right() - 4) << language << ": " << label.text;
        EXPECT_TRUE(scene.cuts.empty()) << language << ": " << scene.cuts[0].whole;
      }
    }
    window_.lesson().play->speak(before);
    window_.settle();
  }

  void read_page() {
    const Page& page = play().page();
    expect_whole();
    if (page.kind == PageKind::Verdicts) {
      for (const lessons::Claim& claim : play().lesson().claims)
        EXPECT_TRUE(window_.reads(play().said("claim." + claim.id))) << claim.id;
      return;
    }
    EXPECT_TRUE(window_.reads(play().said(play().key(page)))) << play().key(page);
    if (window_.lesson().wanted_machine().empty() && page.kind != PageKind::Opening) {
      EXPECT_EQ(window_.window.player().position(), play().position(page)) << play().key(page);
    }
    if (page.kind == PageKind::Question) answer_question(play().prediction(page));
    if (page.kind == PageKind::Exercise) do_exercise(play().exercise(page));
  }

  void answer_question(const lessons::Prediction& prediction) {
    const std::string key = "predict." + prediction.id;
    const auto order = play().shuffled(prediction.options.size(), key);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const lessons::Option& option = prediction.options[order[i]];
      if (!option.belief.empty()) continue;
      window_.window.type(std::to_string(i + 1));
      window_.settle();
      EXPECT_TRUE(window_.reads("Right. " + play().said(key + "." + option.id, 1))) << option.id;
    }
  }

  void do_exercise(const Exercise& exercise) {
    for (const lessons::Answer& solution : play().lesson().solutions) {
      if (solution.exercise != exercise.id) continue;
      const AnswerForm form = form_of(exercise.kind);
      if (form == AnswerForm::Items) {
        for (const std::string& call : solution.calls) window_.type_line(call);
        for (const spec::Item& item : solution.items) type_item(item);
      }
      if (form == AnswerForm::Stations) pick(exercise, solution);
      if (form == AnswerForm::Words) window_.window.type(solution.words);
      if (form != AnswerForm::Items) window_.window.key(ImGuiKey_Enter);
    }
    window_.settle();
    EXPECT_TRUE(play().is_done(exercise)) << exercise.id << ": " << play().record().text();
    expect_whole();
    EXPECT_TRUE(window_.lesson().page.unmet.empty());
  }

  void pick(const Exercise& exercise, const lessons::Answer& solution) {
    const auto order = play().shuffled(exercise.stations.size(), "exercise." + exercise.id);
    for (const std::string& id : solution.picked) {
      for (std::size_t i = 0; i < order.size(); ++i) {
        if (exercise.stations[order[i]].id == id) window_.window.type(std::to_string(i + 1));
      }
    }
  }

  void type_item(const spec::Item& item) {
    if (const auto* docker = std::get_if<spec::DockerItem>(&item.body)) {
      // Of a terminal what is fed to stdin comes through a pipe.
      const std::string feed =
          docker->stdin_text.empty() ? "" : "echo " + std::string(trim(docker->stdin_text)) + " | ";
      window_.type_line(feed + "docker " + docker->line);
      if (!docker->tty.empty()) window_.end_of_input();
    }
    if (const auto* host = std::get_if<spec::HostItem>(&item.body)) window_.type_line(host->line);
    if (const auto* wait = std::get_if<spec::WaitItem>(&item.body))
      window_.type_line("sleep " + decimal(wait->ns / 1'000'000'000));
  }

  void expect_all_points() {
    const auto find = [](std::string_view id) { return load_lesson(std::string(id)); };
    const auto hand_in = lessons::read_hand_in("walk", play().record().text(), find);
    ASSERT_TRUE(hand_in) << hand_in.error().message;
    const auto marks = lessons::mark(*hand_in, play().lesson(), simulated_side);
    ASSERT_TRUE(marks) << marks.error().message;
    for (const lessons::Mark& mark : marks->marks) {
      EXPECT_EQ(mark.points, mark.of)
          << mark.what << (mark.reasons.empty() ? "" : mark.reasons[0]) << play().record().text();
    }
  }

  static constexpr int kWidth = 1024;  // the smallest window that it is made for
  static constexpr int kHeight = 768;
  LessonWindow window_{kWidth, kHeight};
};

TEST_P(Walk, FromTheFirstToTheLastPage) {
  window_.begin(GetParam());
  ASSERT_TRUE(window_.lesson().playing()) << window_.window.words();
  const std::size_t pages = play().pages().size();
  for (std::size_t i = 0; i < pages; ++i) {
    ASSERT_EQ(play().number(), i) << "of page " << i;
    read_page();
    if (HasFatalFailure()) return;
    if (i + 1 == pages) break;
    if (i % 2 == 0)
      ASSERT_TRUE(window_.window.click("Next")) << window_.window.words();
    else
      window_.window.key(ImGuiKey_Enter);
    window_.settle();
  }
  expect_all_points();
}

/// A quarter of the course: each is a test of ctest, so that they run beside one another.
std::vector<std::string> quarter(std::size_t which) {
  const std::vector<lessons::LessonFiles>& all = lessons::bundled_lessons();
  std::vector<std::string> folders;
  for (std::size_t i = which; i < all.size(); i += 4) folders.push_back(all[i].folder);
  return folders;
}

std::string name_of(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = "Lesson" + info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(First, Walk, ::testing::ValuesIn(quarter(0)), name_of);
INSTANTIATE_TEST_SUITE_P(Second, Walk, ::testing::ValuesIn(quarter(1)), name_of);
INSTANTIATE_TEST_SUITE_P(Third, Walk, ::testing::ValuesIn(quarter(2)), name_of);
INSTANTIATE_TEST_SUITE_P(Fourth, Walk, ::testing::ValuesIn(quarter(3)), name_of);

}  // namespace
}  // namespace cutaway::app
