// Litmus documents and programs: forms, names of calls, arguments, flags, results, variables.
#include <algorithm>

#include "base/text.h"
#include "spec/document_parts.h"
#include "spec/litmus_call.h"
#include "spec/scenario/litmus_values.h"
#include "trace/event/shape.h"

namespace cutaway::spec {

namespace {

const Keys kStepForms = {"call", "barrier", "block", "resume", "touch", "handled"};
const Keys kOfCall = {"call", "as", "expect", "child", "entry"};

/// Reads one program: its steps, then what refers to variables and barriers.
class ProgramReader {
 public:
  explicit ProgramReader(Problems& problems) : problems_(problems) {}

  LitmusProgram read(const Json& value, const std::string& pointer) {
    LitmusProgram program = steps(value, pointer);
    check_references(program);
    return program;
  }

 private:
  LitmusProgram steps(const Json& value, const std::string& pointer) {
    LitmusProgram program;
    if (!value.is_array()) {
      problems_.wrong(pointer, value, "a list of calls");
      return program;
    }
    for (std::size_t i = 0; i < value.size(); ++i)
      program.push_back(step(value[i], element(pointer, i)));
    return program;
  }

  LitmusStep step(const Json& value, const std::string& pointer) {
    struct Row {
      const char* key;
      LitmusForm form;
      void (ProgramReader::*read)(const Json&, LitmusStep&);
    };
    static constexpr Row kRows[] = {{"call", LitmusForm::Call, &ProgramReader::call},
                                    {"barrier", LitmusForm::Barrier, &ProgramReader::barrier},
                                    {"block", LitmusForm::Block, &ProgramReader::block},
                                    {"resume", LitmusForm::Resume, &ProgramReader::resume},
                                    {"touch", LitmusForm::Touch, &ProgramReader::touch},
                                    {"handled", LitmusForm::Handled, &ProgramReader::handled}};
    LitmusStep result;
    result.pointer = pointer;
    if (!value.is_object()) {
      problems_.wrong(pointer, value, "an object with one of " + join(kStepForms, ", "));
      return result;
    }
    for (const Row& row : kRows) {
      if (!value.contains(row.key)) continue;
      result.form = row.form;
      (this->*row.read)(value, result);
      return result;
    }
    problems_.add(pointer, "is " + shown(value) + ", expected an object with one of " +
                               join(kStepForms, ", "));
    return result;
  }

  void call(const Json& value, LitmusStep& step) {
    if (!value["call"].is_string())
      return problems_.wrong(pointer_join(step.pointer, "call"), value["call"],
                             "a system call's name");
    step.name = value["call"].get<std::string>();
    const abi::Sys sys = abi::sys_of(step.name);
    if (sys == abi::Sys::none) {
      return problems_.add(pointer_join(step.pointer, "call"),
                           unknown_word("system call", step.name, syscall_names()));
    }
    if (!in_litmus_vocabulary(sys)) {
      problems_.add(
          pointer_join(step.pointer, "call"),
          "\"" + step.name + "\" is no call of litmus programs: it would change the machine");
    }
    const SyscallShape& shape = syscall_shape(sys);
    Keys keys = kOfCall;
    for (const ArgShape& arg : shape.args) keys.emplace_back(arg.name);
    const ObjectReader reader(problems_, value, step.pointer, keys);
    step.arguments = Json::object();
    for (const ArgShape& arg : shape.args) {
      const std::string key(arg.name);
      if (const Json* given = reader.find(key.c_str())) {
        step.arguments[key] = *given;
      }
    }
    for (const LitmusProblem& problem : check_call(sys, step.arguments, step.pointer))
      problems_.add(problem.pointer, problem.text);
    variable(reader, step);
    expectation(reader, step);
    child(reader, step);
  }

  void variable(const ObjectReader& reader, LitmusStep& step) {
    if (reader.text("as", step.as) && !good_variable(step.as))
      reader.wrong("as", "letters, digits and _, beginning with a letter");
    if (!step.as.empty()) variables_.push_back(step.as);
  }

  void expectation(const ObjectReader& reader, LitmusStep& step) {
    const Json* expect = reader.find("expect");
    if (expect == nullptr) return;
    check_result(problems_, *expect, reader.at("expect"));
    step.expect = *expect;
  }

  void child(const ObjectReader& reader, LitmusStep& step) {
    std::string entry = "fork";
    const bool forks = step.name == "clone" || step.name == "clone3" || step.name == "fork" ||
                       step.name == "vfork";
    for (const char* key : {"child", "entry"}) {
      if (reader.has(key) && !forks)
        problems_.add(reader.at(key),
                      "\"" + step.name + "\" makes no task, expected clone, clone3, fork or vfork");
    }
    reader.word("entry", entry, {"fork", "thread"});
    step.entry = entry == "thread" ? LitmusEntry::Thread : LitmusEntry::Fork;
    if (reader.has("child")) step.child = steps(*reader.find("child"), reader.at("child"));
  }

  void barrier(const Json& value, LitmusStep& step) {
    const ObjectReader reader(problems_, value, step.pointer, {"barrier"});
    reader.text("barrier", step.name);
  }

  // {"block": CALL}: the step is the call itself, one level deeper in the document.
  void block(const Json& value, LitmusStep& step) {
    const ObjectReader reader(problems_, value, step.pointer, {"block"});
    const Json& inner = value["block"];
    if (!inner.is_object() || !inner.contains("call")) return reader.wrong("block", "a call");
    const std::string outer = step.pointer;
    step.pointer = reader.at("block");
    call(inner, step);
    step.pointer = outer;
    if (!step.as.empty()) blocked_.push_back(step.as);
  }

  void resume(const Json& value, LitmusStep& step) {
    const ObjectReader reader(problems_, value, step.pointer, {"resume", "expect"});
    reader.text("resume", step.name);
    expectation(reader, step);
  }

  void touch(const Json& value, LitmusStep& step) {
    const ObjectReader reader(problems_, value, step.pointer, {"touch", "length", "write"});
    std::int64_t length = 0;
    bool write = false;
    reader.number("length", length, 1, std::int64_t{1} << 46);
    reader.boolean("write", write);
    const Json& address = value["touch"];
    if (!address.is_string() && !address.is_number_integer())
      reader.wrong("touch", "an address or \"$variable\"");
    step.arguments = Json{{"touch", address}, {"length", length}, {"write", write}};
  }

  void handled(const Json& value, LitmusStep& step) {
    const ObjectReader reader(problems_, value, step.pointer, {"handled", "as", "expect"});
    if (reader.text("handled", step.name) && abi::signal_of(step.name) == 0)
      reader.wrong("handled", "a signal's name, such as \"SIGTERM\"");
    variable(reader, step);
    expectation(reader, step);
  }

  void check_references(const LitmusProgram& program) {
    for (const LitmusStep& step : program) {
      const std::string base =
          step.form == LitmusForm::Block ? step.pointer + "/block" : step.pointer;
      if (step.arguments.is_object()) {
        for (const auto& [key, value] : step.arguments.items())
          check_variables(value, pointer_join(base, key));
      }
      check_variables(step.expect, base + "/expect");
      if (step.form == LitmusForm::Resume &&
          std::find(blocked_.begin(), blocked_.end(), step.name) == blocked_.end()) {
        problems_.add(step.pointer + "/resume", "no blocked call has the variable \"" + step.name +
                                                    "\", expected " + known(blocked_));
      }
      check_references(step.child);
    }
  }

  void check_variables(const Json& value, const std::string& pointer) {
    if (value.is_structured()) {
      for (const auto& [key, part] : value.items())
        check_variables(part, pointer_join(pointer, key));
    }
    if (!value.is_string()) return;
    for (const std::string& name : variables_in(value.get_ref<const std::string&>())) {
      const std::string variable = name.substr(0, name.find('.'));
      if (std::find(variables_.begin(), variables_.end(), variable) != variables_.end()) continue;
      problems_.add(
          pointer, "no call sets the variable \"" + variable + "\", expected " + known(variables_));
    }
  }

  static std::string known(const std::vector<std::string>& names) {
    return names.empty() ? std::string("a call with \"as\"") : "one of " + join(names, ", ");
  }

  Problems& problems_;
  std::vector<std::string> variables_;
  std::vector<std::string> blocked_;
};

void read_litmus_limits(const ObjectReader& document, Litmus& litmus) {
  if (const Json* machine = document.find("machine")) {
    const ObjectReader reader(document.problems(), *machine, document.at("machine"),
                              {"cgroup", "cpus"});
    reader.word("cgroup", litmus.cgroup_version, {"v1", "v2", "hybrid"});
    reader.number("cpus", litmus.cpus, 1, 1024);
  }
  if (const Json* cgroup = document.find("cgroup")) {
    const ObjectReader reader(document.problems(), *cgroup, document.at("cgroup"),
                              {"memory", "pids", "cpu"});
    reader.number("memory", litmus.memory_bytes, 1, std::int64_t{1} << 50);
    reader.number("pids", litmus.pids, 1, 1 << 22);
    reader.number("cpu", litmus.cpu_ppm, 1, 1'000'000'000);
  }
}

Litmus read_litmus(Problems& problems) {
  const JsonDocument& document = problems.document();
  const ObjectReader reader(
      problems, document.value(), "",
      {"cutaway_litmus", "title", "tier", "machine", "needs", "files", "cgroup", "program"});
  Litmus litmus;
  std::int64_t version = 0;
  std::string tier = "U";
  if (reader.require("cutaway_litmus", "1, the version of this form"))
    reader.number("cutaway_litmus", version, 1, 1);
  if (reader.require("title", "what this shows, in a few words"))
    reader.text("title", litmus.title);
  reader.word("tier", tier, {"U", "R"});
  litmus.tier_r = tier == "R";
  reader.texts("needs", litmus.needs);
  read_litmus_limits(reader, litmus);
  if (reader.has("files"))
    litmus.files = read_files(problems, *reader.find("files"), reader.at("files"));
  if (reader.require("program", "a list of calls"))
    litmus.program = read_program(problems, *reader.find("program"), reader.at("program"));
  return litmus;
}

}  // namespace

LitmusProgram read_program(Problems& problems, const Json& value, const std::string& pointer) {
  return ProgramReader(problems).read(value, pointer);
}

bool is_litmus(const JsonDocument& document) {
  return document.value().is_object() && document.value().contains("cutaway_litmus");
}

Result<Litmus> load_litmus(const JsonDocument& document) {
  Problems problems(document);
  Litmus litmus = read_litmus(problems);
  if (!problems.errors().empty()) return fail(problems.errors().front());
  return litmus;
}

std::vector<Error> check_litmus(const JsonDocument& document) {
  Problems problems(document);
  read_litmus(problems);
  return problems.errors();
}

}  // namespace cutaway::spec
