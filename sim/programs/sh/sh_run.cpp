#include "sim/programs/sh/sh_run.h"

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_command.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

const Node& node_of(const Shell& shell, int node) {
  return shell.tree->nodes[static_cast<std::size_t>(node)];
}

// All parts run at the same time, each a child, joined by pipes; the last one's status counts.
Co<int> run_pipeline(Sys sys, Shell* shell, Node node) {
  int job_id = 0;
  std::int64_t in = -1;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    ChildJob job;
    job.node = node.children[i];
    job.in = in;
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
    co_await forking;
    if (in >= 0) co_await sys.close(in);
    if (job.out >= 0) co_await sys.close(job.out);
    in = next.in;
  }
  auto waiting = wait_for_job(sys, shell, job_id);
  co_return co_await waiting;
}

Co<int> run_background(Sys sys, Shell* shell, int node) {
  ChildJob job;
  job.shell = *shell;
  job.node = node;
  job.background = true;
  int job_id = 0;
  auto forking = fork_child(sys, shell, job, &job_id);
  shell->last_background = co_await forking;
  co_return 0;
}

Co<int> run_subshell(Sys sys, Shell* shell, int index) {
  ChildJob job;
  job.shell = *shell;
  job.node = index;
  int job_id = 0;
  auto forking = fork_child(sys, shell, job, &job_id);
  const std::int64_t pid = co_await forking;
  if (pid < 0) co_return 2;
  auto waiting = wait_for_job(sys, shell, job_id);
  co_return co_await waiting;
}

Co<int> run_for(Sys sys, Shell* shell, Node node) {
  std::vector<std::string> values;
  for (const Word& word : node.words) {
    auto expanding = expand(sys, shell, word);
    const std::vector<std::string> expanded = co_await expanding;
    values.insert(values.end(), expanded.begin(), expanded.end());
  }
  int status = 0;
  for (const std::string& value : values) {
    shell->variables[node.name] = value;
    auto running = run_node(sys, shell, node.children[0], false);
    status = co_await running;
    if (shell->exiting) break;
  }
  co_return status;
}

Co<int> run_loop(Sys sys, Shell* shell, Node node) {
  int status = 0;
  while (true) {
    auto asking = run_node(sys, shell, node.children[0], false);
    const bool yes = co_await asking == 0;
    if (shell->exiting || yes != (node.kind == Node::Kind::While))
      co_return shell->exiting ? shell->status : status;
    auto running = run_node(sys, shell, node.children[1], false);
    status = co_await running;
    if (shell->exiting) co_return status;
  }
}

Co<int> run_if(Sys sys, Shell* shell, Node node, bool last) {
  auto asking = run_node(sys, shell, node.children[0], false);
  const int condition = co_await asking;
  if (shell->exiting) co_return condition;
  const std::size_t chosen = condition == 0 ? 1 : 2;
  if (chosen >= node.children.size()) co_return 0;
  auto running = run_node(sys, shell, node.children[chosen], last);
  co_return co_await running;
}

// One after the other; `&&` and `||` look at the status in between.
Co<int> run_sequence(Sys sys, Shell* shell, Node node, bool last) {
  int status = 0;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const bool final = last && i + 1 == node.children.size();
    auto running = run_node(sys, shell, node.children[i], final);
    status = co_await running;
    shell->status = status;
    if (shell->exiting) break;
    if (node.kind == Node::Kind::And && status != 0) break;
    if (node.kind == Node::Kind::Or && status == 0) break;
  }
  co_return status;
}

Co<int> run_compound(Sys sys, Shell* shell, Node node, bool last) {
  switch (node.kind) {
    case Node::Kind::Pipeline: {
      auto running = run_pipeline(sys, shell, node);
      co_return co_await running;
    }
    case Node::Kind::Background: {
      auto running = run_background(sys, shell, node.children[0]);
      co_return co_await running;
    }
    case Node::Kind::Group: {
      auto running = run_node(sys, shell, node.children[0], last && node.redirects.empty());
      co_return co_await running;
    }
    case Node::Kind::Not: {
      auto running = run_node(sys, shell, node.children[0], false);
      const int status = co_await running;
      co_return status == 0 ? 1 : 0;
    }
    case Node::Kind::If: {
      auto running = run_if(sys, shell, node, last);
      co_return co_await running;
    }
    case Node::Kind::For: {
      auto running = run_for(sys, shell, node);
      co_return co_await running;
    }
    case Node::Kind::While:
    case Node::Kind::Until: {
      auto running = run_loop(sys, shell, node);
      co_return co_await running;
    }
    default: {
      auto running = run_sequence(sys, shell, node, last);
      co_return co_await running;
    }
  }
}

}  // namespace

Co<int> run_child_node(Sys sys, Shell* shell, int index) {
  const Node node = node_of(*shell, index);
  if (node.kind == Node::Kind::Subshell) {
    auto redirecting = redirect(sys, shell, node.redirects, nullptr);
    const int refused = co_await redirecting;
    if (refused != 0) co_return refused;
    auto inner = run_node(sys, shell, node.children[0], true);
    co_return co_await inner;
  }
  auto running = run_node(sys, shell, index, true);
  co_return co_await running;
}

Co<int> run_node(Sys sys, Shell* shell, int index, bool last) {
  const Node node = node_of(*shell, index);
  int status = 0;
  if (node.kind == Node::Kind::Simple) {
    auto running = run_simple(sys, shell, node, last);
    status = co_await running;
  } else if (node.kind == Node::Kind::Subshell) {
    // Nothing follows: this very shell may be the subshell.
    auto running = last ? run_child_node(sys, shell, index) : run_subshell(sys, shell, index);
    status = co_await running;
  } else if (node.redirects.empty()) {
    auto running = run_compound(sys, shell, node, last);
    status = co_await running;
  } else {
    SavedFds saved;
    auto redirecting = redirect(sys, shell, node.redirects, &saved);
    const int refused = co_await redirecting;
    if (refused == 0) {
      auto running = run_compound(sys, shell, node, false);
      status = co_await running;
    }
    auto restoring = restore(sys, saved);
    co_await restoring;
    if (refused != 0) status = refused;
  }
  shell->status = status;
  co_return status;
}

}  // namespace cutaway::sim::sh

namespace cutaway::sim {

namespace {

void import_environment(sh::Shell& shell, const std::vector<std::string>& env) {
  for (const std::string& entry : env) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string::npos) continue;
    shell.variables[entry.substr(0, equals)] = entry.substr(equals + 1);
    shell.exported.insert(entry.substr(0, equals));
  }
}

}  // namespace

// sh -c SCRIPT [NAME [ARG…]] · sh FILE [ARG…] · sh (commands from stdin)
Co<int> applet_sh(Sys sys, State state) {
  sh::Shell shell;
  import_environment(shell, state.env);
  auto starting = sh::start_shell(sys, &shell, state.argv.size() < 2);
  co_await starting;
  std::string script;
  std::size_t rest = 1;
  if (state.argv.size() > 2 && state.argv[1] == "-c") {
    script = state.argv[2];
    rest = 3;
  } else {
    const std::string path = state.argv.size() > 1 ? state.argv[1] : std::string("-");
    auto reading = slurp_path(sys, path);
    const Slurped file = co_await reading;
    if (file.err != 0) {
      auto telling =
          put(sys, 2,
              "sh: can't open '" + path +
                  "': " + std::string(abi::errno_text(static_cast<abi::Errno>(file.err))) + "\n");
      co_await telling;
      co_return 2;
    }
    script = file.text;
  }
  shell.arguments.assign(
      state.argv.begin() + static_cast<std::ptrdiff_t>(std::min(rest, state.argv.size())),
      state.argv.end());
  if (rest == 1 && state.argv.size() < 2) shell.arguments.clear();
  if (shell.arguments.empty()) shell.arguments.push_back(state.argv[0]);
  shell.tree = std::make_shared<const sh::Tree>(sh::parse(script));
  if (!shell.tree->error.empty()) {
    auto telling = put(sys, 2, "sh: " + shell.tree->error + "\n");
    co_await telling;
    co_return 2;
  }
  if (shell.tree->root < 0) co_return 0;
  auto running = sh::run_node(sys, &shell, shell.tree->root, true);
  co_return co_await running;
}

}  // namespace cutaway::sim
