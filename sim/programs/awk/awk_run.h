// An awk program at work: records go in, output comes out. It makes no calls itself.
//
//   AwkRun run(program);
//   run.begin();
//   while (run.wants_records()) run.record(line);
//   run.end();
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/programs/awk/awk_tree.h"
#include "sim/programs/awk/awk_value.h"

namespace cutaway::sim {

/// What was printed, and where to; empty: stdout.
struct AwkOutput {
  std::string file, text;
  bool appends = false;
};

class AwkRun {
 public:
  explicit AwkRun(AwkProgram program);

  /// -v and FILE arguments of the form name=value.
  void assign(const std::string& name, const std::string& text);
  void set_array(const std::string& name, const std::vector<std::pair<std::string, std::string>>&);
  void begin();
  /// Is there anything to do with records?
  bool wants_records() const;
  void new_file(const std::string& name);
  /// One record; true: the rest of this file is passed over (nextfile).
  bool record(const std::string& text);
  void end();

  std::string record_separator();
  std::vector<AwkOutput> take_output();
  bool exited() const { return exited_; }
  int status() const { return status_; }
  /// What was wrong, behind "awk: "; empty: nothing.
  const std::string& error() const { return error_; }

 private:
  enum class Flow { On, Break, Continue, Next, NextFile, Exit, Return };
  /// While something is computed within something else.
  class Within {
   public:
    explicit Within(AwkRun& run);
    ~Within() { --run_.deep_; }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

   private:
    AwkRun& run_;
  };
  struct Frame {
    std::map<std::string, AwkValue> values;
    std::map<std::string, std::shared_ptr<AwkArray>> arrays;
  };

  void run_rules(AwkRule::When when);
  bool applies(std::size_t rule);
  Flow run(const AwkTree& node);
  Flow run_block(const AwkNode& node);
  Flow run_loop(const AwkNode& node);
  Flow run_for_keys(const AwkNode& node);
  Flow run_exit(const AwkNode& node);
  Flow run_delete(const AwkNode& node);
  void run_print(const AwkNode& node);

  AwkValue value(const AwkTree& node);
  AwkValue arithmetic(const AwkNode& node);
  AwkValue compare(const AwkNode& node);
  AwkValue assign_to(const AwkNode& node);
  AwkValue count(const AwkNode& node);
  AwkValue call(const AwkNode& node);
  AwkValue builtin(const AwkNode& node);
  AwkValue substitute(const AwkNode& node, bool everywhere);
  AwkValue split_into(const AwkNode& node);
  AwkValue match(const AwkNode& node);
  AwkValue substring(const AwkNode& node);
  AwkValue function_of_number(const AwkNode& node);

  double number(const AwkTree& node) { return awk_number(value(node)); }
  std::string text(const AwkTree& node) { return awk_text(value(node), convfmt()); }
  std::string argument(const AwkNode& node, std::size_t n) {
    return n < node.kids.size() ? text(node.kids[n]) : std::string();
  }
  Regex regex_of(const AwkTree& node);
  std::string key_of(const std::vector<AwkTree>& kids);
  std::string convfmt();

  AwkValue get(const std::string& name);
  void set(const std::string& name, AwkValue value);
  AwkArray& array(const std::string& name);
  void set_place(const AwkNode& place, AwkValue value);
  std::vector<std::string> fields_of(const std::string& text, const std::string& separator);
  void split_record();
  void join_record();
  AwkValue field(std::int64_t n);
  void set_field(std::int64_t n, const AwkValue& value);
  void set_field_count(std::int64_t count);
  void set_record(const std::string& text);
  bool worked_too_long();
  /// A new text; too long a one ends the program, as too many of them do that wait to be printed.
  AwkValue new_text(std::string text);
  void fail(const std::string& what);

  AwkProgram program_;
  Frame globals_;
  std::vector<Frame> frames_;  ///< of the functions that run; the innermost last
  std::string record_;
  std::vector<AwkValue> fields_;
  bool split_ = true;   ///< fields_ are those of record_
  bool joined_ = true;  ///< record_ is made of fields_
  std::vector<bool> in_range_;
  std::vector<AwkOutput> output_;
  AwkValue returned_;
  std::uint64_t steps_ = 0;
  std::size_t unprinted_ = 0;  ///< bytes in output_
  int deep_ = 0;               ///< statements and expressions within one another, and calls
  std::uint64_t random_ = 1, seed_ = 1;
  bool exited_ = false;
  int status_ = 0;
  std::string error_;
};

}  // namespace cutaway::sim
