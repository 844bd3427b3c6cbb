// Running nodes of a script: lists, pipelines, compound commands (ash's evaltree).
#include "sim/programs/sh/sh_run.h"

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/pattern.h"
#include "sim/programs/sh/sh_command.h"
#include "sim/programs/sh/sh_jobs.h"
#include "sim/programs/sh/sh_trap.h"

namespace cutaway::sim::sh {

namespace {

const Node& node_of(const Shell& shell, int node) {
  return shell.tree->nodes[static_cast<std::size_t>(node)];
}

// All parts run at the same time, each a child, joined by pipes; the last one's status counts.
Co<int> fork_pipeline(Sys sys, Shell* shell, Node node, Fork how) {
  int job_id = 0;
  std::int64_t in = -1;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    ChildJob job;
    job.node = node.children[i];
    job.in = in;
    job.how = how;
    PipeEnds next;
    if (i + 1 < node.children.size()) {
      auto piping = make_pipe(sys, shell, &next);
      const std::int64_t made = co_await piping;
      if (made < 0) {
        if (in >= 0) co_await sys.close(in);
        co_return 2;
      }
      job.out = next.out;
      job.close = {next.in};
    }
    job.shell = *shell;
    auto forking = fork_child(sys, shell, job, &job_id);
    const std::int64_t pid = co_await forking;
    if (pid < 0) co_return shell->status;
    if (in >= 0) co_await sys.close(in);
    if (job.out >= 0) co_await sys.close(job.out);
    in = next.in;
  }
  if (how == Fork::Background) co_return 0;
  auto waiting = wait_for_job(sys, shell, job_id);
  co_return co_await waiting;
}

Co<int> run_pipeline(Sys sys, Shell* shell, Node node, Way) {
  auto forking = fork_pipeline(sys, shell, node, Fork::Foreground);
  co_return co_await forking;
}

Co<int> run_background(Sys sys, Shell* shell, Node node, Way) {
  const Node inner = node_of(*shell, node.children[0]);
  if (inner.kind == Node::Kind::Pipeline) {
    auto piping = fork_pipeline(sys, shell, inner, Fork::Background);
    co_return co_await piping;
  }
  ChildJob job;
  job.shell = *shell;
  job.node = node.children[0];
  job.how = Fork::Background;
  int job_id = 0;
  auto forking = fork_child(sys, shell, job, &job_id);
  const std::int64_t pid = co_await forking;
  co_return pid < 0 ? shell->status : 0;
}

Co<int> run_subshell(Sys sys, Shell* shell, int index) {
  ChildJob job;
  job.shell = *shell;
  job.node = index;
  int job_id = 0;
  auto forking = fork_child(sys, shell, job, &job_id);
  const std::int64_t pid = co_await forking;
  if (pid < 0) co_return shell->status;
  auto waiting = wait_for_job(sys, shell, job_id);
  co_return co_await waiting;
}

/// Behind a loop's body: is the loop left? break and continue are used up here.
bool leaves_loop(Shell* shell) {
  if (!shell->leaving()) return false;
  const bool loops = shell->leave == Leave::Break || shell->leave == Leave::Continue;
  if (!loops) return true;
  if (--shell->leave_count > 0) return true;
  const bool ends = shell->leave == Leave::Break;
  shell->leave = Leave::No;
  return ends;
}

Co<int> run_for(Sys sys, Shell* shell, Node node, Way way) {
  std::vector<std::string> values;
  if (node.over_arguments && !shell->arguments.empty())
    values.assign(shell->arguments.begin() + 1, shell->arguments.end());
  for (const Word& word : node.words) {
    auto expanding = expand(sys, shell, word);
    const std::vector<std::string> expanded = co_await expanding;
    if (shell->leaving()) co_return shell->status;
    values.insert(values.end(), expanded.begin(), expanded.end());
  }
  int status = 0;
  ++shell->loops;
  for (const std::string& value : values) {
    assign(*shell, node.name, value);
    auto running = run_node(sys, shell, node.children[0], Way{false, way.tested});
    status = co_await running;
    if (leaves_loop(shell)) break;
  }
  --shell->loops;
  co_return status;
}

/// A loop may go round without any call: now and then the kernel has its say.
constexpr int kTurnsInABurst = 200;
constexpr std::int64_t kTurnNs = 5'000;

Co<int> run_loop(Sys sys, Shell* shell, Node node, Way way) {
  int status = 0;
  ++shell->loops;
  for (int turn = 1;; ++turn) {
    if (turn % kTurnsInABurst == 0) co_await sys.burst(kTurnsInABurst * kTurnNs);
    auto asking = run_node(sys, shell, node.children[0], Way{false, true});
    const bool yes = co_await asking == 0;
    if (shell->leaving()) {
      if (leaves_loop(shell)) break;
      continue;
    }
    if (yes != (node.kind == Node::Kind::While)) break;
    auto running = run_node(sys, shell, node.children[1], Way{false, way.tested});
    status = co_await running;
    if (leaves_loop(shell)) break;
  }
  --shell->loops;
  co_return shell->leaving() ? shell->status : status;
}

Co<int> run_if(Sys sys, Shell* shell, Node node, Way way) {
  auto asking = run_node(sys, shell, node.children[0], Way{false, true});
  const int condition = co_await asking;
  if (shell->leaving()) co_return shell->status;
  const std::size_t chosen = condition == 0 ? 1 : 2;
  if (chosen >= node.children.size()) co_return 0;
  auto running = run_node(sys, shell, node.children[chosen], way);
  co_return co_await running;
}

Co<int> run_case(Sys sys, Shell* shell, Node node, Way way) {
  shell->line = node.line;
  auto expanding = expand_text(sys, shell, node.words[0]);
  const std::string value = co_await expanding;
  for (const Branch& branch : node.branches) {
    for (const Word& word : branch.patterns) {
      if (shell->leaving()) co_return shell->status;
      auto matching = expand_pattern(sys, shell, word);
      const std::string pattern = co_await matching;
      if (!matches_pattern(pattern, value)) continue;
      if (branch.body < 0) co_return 0;
      auto running = run_node(sys, shell, branch.body, way);
      co_return co_await running;
    }
  }
  co_return shell->leaving() ? shell->status : 0;
}

// One after the other; `&&` and `||` look at the status in between.
Co<int> run_sequence(Sys sys, Shell* shell, Node node, Way way) {
  const bool looks = node.kind == Node::Kind::And || node.kind == Node::Kind::Or;
  int status = 0;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const bool final = i + 1 == node.children.size();
    const Way here{way.last && final, final ? way.tested : way.tested || looks};
    auto running = run_node(sys, shell, node.children[i], here);
    status = co_await running;
    if (shell->leaving()) break;
    if (node.kind == Node::Kind::And && status != 0) break;
    if (node.kind == Node::Kind::Or && status == 0) break;
  }
  co_return status;
}

Co<int> run_group(Sys sys, Shell* shell, Node node, Way way) {
  auto running = run_node(sys, shell, node.children[0], way);
  co_return co_await running;
}

Co<int> run_not(Sys sys, Shell* shell, Node node, Way) {
  auto running = run_node(sys, shell, node.children[0], Way{false, true});
  const int status = co_await running;
  co_return shell->leaving() ? status : status == 0 ? 1 : 0;
}

Co<int> define(Sys, Shell* shell, Node node, Way) {
  shell->functions[node.name] = Function{shell->tree, node.children[0]};
  co_return 0;
}

using Runner = Co<int> (*)(Sys, Shell*, Node, Way);
struct RunnerRow {
  Node::Kind kind;
  Runner run;
};
constexpr RunnerRow kRunners[] = {
    {Node::Kind::Pipeline, run_pipeline}, {Node::Kind::Sequence, run_sequence},
    {Node::Kind::And, run_sequence},      {Node::Kind::Or, run_sequence},
    {Node::Kind::Not, run_not},           {Node::Kind::Background, run_background},
    {Node::Kind::Group, run_group},       {Node::Kind::If, run_if},
    {Node::Kind::While, run_loop},        {Node::Kind::Until, run_loop},
    {Node::Kind::For, run_for},           {Node::Kind::Case, run_case},
    {Node::Kind::Function, define},
};

Runner runner_of(Node::Kind kind) {
  for (const RunnerRow& row : kRunners) {
    if (row.kind == kind) return row.run;
  }
  return run_sequence;
}

Co<int> run_redirected(Sys sys, Shell* shell, Node node, Way way) {
  SavedFds saved;
  shell->line = node.line;
  auto redirecting = redirect(sys, shell, node.redirects, &saved);
  int status = co_await redirecting;
  if (status == 0 && !shell->leaving()) {
    auto running = runner_of(node.kind)(sys, shell, node, Way{false, way.tested});
    status = co_await running;
  }
  auto restoring = restore(sys, saved);
  co_await restoring;
  co_return status;
}

/// set -e looks at the status of these (evaltree's checkexit).
bool minds_failure(Node::Kind kind) {
  return kind == Node::Kind::Simple || kind == Node::Kind::Pipeline ||
         kind == Node::Kind::Subshell || kind == Node::Kind::Background;
}

Co<int> run_by_kind(Sys sys, Shell* shell, int index, Way way) {
  const Node node = node_of(*shell, index);
  if (node.kind == Node::Kind::Simple) {
    auto running = run_simple(sys, shell, node, way);
    co_return co_await running;
  }
  if (node.kind == Node::Kind::Subshell) {
    // Nothing follows: this very shell may be the subshell.
    const bool here = way.last && shell->traps.empty();
    auto running = here ? run_child_node(sys, shell, index) : run_subshell(sys, shell, index);
    co_return co_await running;
  }
  auto running = node.redirects.empty() ? runner_of(node.kind)(sys, shell, node, way)
                                        : run_redirected(sys, shell, node, way);
  co_return co_await running;
}

}  // namespace

Co<int> run_child_node(Sys sys, Shell* shell, int index) {
  const Node node = node_of(*shell, index);
  if (node.kind == Node::Kind::Subshell) {
    auto redirecting = redirect(sys, shell, node.redirects, nullptr);
    const int refused = co_await redirecting;
    if (refused != 0) co_return refused;
    auto inner = run_node(sys, shell, node.children[0], Way{true, false});
    co_return co_await inner;
  }
  auto running = run_node(sys, shell, index, Way{true, false});
  co_return co_await running;
}

Co<int> run_node(Sys sys, Shell* shell, int index, Way way) {
  // What runs may define functions or read files: the tree that it is part of stays.
  const std::shared_ptr<const Tree> tree = shell->tree;
  auto running = run_by_kind(sys, shell, index, way);
  const int status = co_await running;
  shell->tree = tree;
  if (!shell->ending()) shell->status = status;
  auto trapping = run_traps(sys, shell);
  co_await trapping;
  const Node::Kind kind = tree->nodes[static_cast<std::size_t>(index)].kind;
  const bool fails = status != 0 && shell->option('e') && !way.tested && minds_failure(kind);
  if (fails && !shell->leaving()) shell->leave = Leave::Exit;
  co_return shell->status;
}

Co<int> run_text(Sys sys, Shell* shell, std::string script, int line, Way way) {
  int status = 0;
  const std::shared_ptr<const Tree> before = shell->tree;
  while (!script.empty() && !shell->leaving()) {
    Parsed parsed = parse_command(script, line);
    if (!parsed.tree.error.empty()) {
      shell->line = parsed.tree.error_line;
      auto raising = raise_error(sys, shell, parsed.tree.error);
      status = co_await raising;
      break;
    }
    script.erase(0, parsed.length);
    line += parsed.lines;
    if (parsed.root < 0) continue;
    // Whatever stands behind it, even a comment, is still to be read.
    const Way here{way.last && script.empty(), way.tested};
    shell->tree = std::make_shared<const Tree>(std::move(parsed.tree));
    auto running = run_node(sys, shell, parsed.root, here);
    status = co_await running;
  }
  shell->tree = before;
  co_return status;
}

}  // namespace cutaway::sim::sh
