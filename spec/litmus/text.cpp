// One line of JSON. Not the form that people write: steps are checked already, and keep their
// pointers.
#include "spec/litmus_text.h"

#include "base/json_text.h"

namespace cutaway::spec {

namespace {

Json program_json(const LitmusProgram& program);

Json step_json(const LitmusStep& step) {
  return Json{{"form", static_cast<int>(step.form)},
              {"name", step.name},
              {"as", step.as},
              {"arguments", step.arguments},
              {"expect", step.expect},
              {"child", program_json(step.child)},
              {"entry", static_cast<int>(step.entry)},
              {"pointer", step.pointer}};
}

Json program_json(const LitmusProgram& program) {
  Json list = Json::array();
  for (const LitmusStep& step : program) list.push_back(step_json(step));
  return list;
}

LitmusProgram program_of(const Json& list) {
  LitmusProgram program;
  for (const Json& each : list) {
    LitmusStep step;
    step.form = static_cast<LitmusForm>(each.value("form", 0));
    step.name = each.value("name", "");
    step.as = each.value("as", "");
    step.arguments = each.value("arguments", Json());
    step.expect = each.value("expect", Json());
    step.child = program_of(each.value("child", Json::array()));
    step.entry = static_cast<LitmusEntry>(each.value("entry", 0));
    step.pointer = each.value("pointer", "");
    program.push_back(std::move(step));
  }
  return program;
}

}  // namespace

std::string litmus_text(const LitmusProgram& program) { return json_text(program_json(program)); }

Result<LitmusProgram> litmus_from_text(std::string_view text) {
  TRY_ASSIGN(const Json list, parse_json(text));
  return program_of(list);
}

}  // namespace cutaway::spec
