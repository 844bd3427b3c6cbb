// A command as `jobs` shows it: made from the tree again (ash's cmdtxt), so with its own blanks.
#include "base/text.h"
#include "sim/programs/sh/sh_job_list.h"

namespace cutaway::sim::sh {

namespace {

std::string text_of_parts(const std::vector<Part>& parts, bool quotes = true);

std::string operator_of(const Part& part) {
  struct Row {
    ParameterOp op;
    std::string_view once, twice;
  };
  static constexpr Row kOperators[] = {
      {ParameterOp::Default, "-", "-"},   {ParameterOp::Assign, "=", "="},
      {ParameterOp::Complain, "?", "?"},  {ParameterOp::Alternative, "+", "+"},
      {ParameterOp::CutFront, "#", "##"}, {ParameterOp::CutBack, "%", "%%"},
      {ParameterOp::Replace, "/", "//"},  {ParameterOp::Substring, ":", ":"},
  };
  for (const Row& row : kOperators) {
    if (row.op == part.op)
      return (part.colon ? ":" : "") + std::string(part.twice ? row.twice : row.once);
  }
  return {};
}

std::string text_of_part(const Part& part) {
  if (part.kind == Part::Kind::Command) return "$(...)";
  if (part.kind == Part::Kind::Arithmetic) return "$((" + text_of_parts(part.word, false) + "))";
  if (part.kind == Part::Kind::Parameter) {
    const std::string name = (part.op == ParameterOp::Length ? "#" : "") + part.text;
    return "${" + name + operator_of(part) + text_of_parts(part.word) + "}";
  }
  std::string text;
  for (const char c : part.text) {
    if (part.quoted && std::string_view("'\\\"$").find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

// All quotes are shown as ".
std::string text_of_parts(const std::vector<Part>& parts, bool quotes) {
  std::string text;
  bool quoted = false;
  for (const Part& part : parts) {
    if (quotes && part.quoted != quoted) text += '"';
    quoted = quotes && part.quoted;
    text += text_of_part(part);
  }
  return quoted ? text + '"' : text;
}

std::string text_of_redirect(const Redirect& item) {
  struct Row {
    Redirect::Kind kind;
    std::string_view in, out;
  };
  static constexpr Row kOperators[] = {
      {Redirect::Kind::In, "<", "<"},          {Redirect::Kind::Out, ">", ">"},
      {Redirect::Kind::Clobber, ">|", ">|"},   {Redirect::Kind::Append, ">>", ">>"},
      {Redirect::Kind::ReadWrite, "<>", "<>"}, {Redirect::Kind::Duplicate, "<&", ">&"},
  };
  if (item.kind == Redirect::Kind::Here) return "<<...";
  std::string text = decimal(item.fd);
  for (const Row& row : kOperators) {
    if (row.kind == item.kind) text += item.both ? ">&" : item.fd == 0 ? row.in : row.out;
  }
  return text + text_of_parts(item.target.parts);
}

class Writer {
 public:
  explicit Writer(const Tree& tree) : tree_(tree) {}

  std::string text(int index) const {
    if (index < 0) return {};
    const Node& node = tree_.nodes.at(static_cast<std::size_t>(index));
    switch (node.kind) {
      case Node::Kind::Simple:
        return simple(node);
      case Node::Kind::Pipeline:
        return joined(node, " | ");
      case Node::Kind::Sequence:
        return joined(node, "; ");
      case Node::Kind::And:
        return joined(node, " && ");
      case Node::Kind::Or:
        return joined(node, " || ");
      case Node::Kind::Not:
        return "!" + child(node, 0);
      case Node::Kind::Background:
      case Node::Kind::Group:
        return child(node, 0);
      case Node::Kind::Subshell:
        return "(" + child(node, 0) + ")";
      case Node::Kind::Function:
        return node.name + "() { ... }";
      default:
        return compound(node);
    }
  }

 private:
  std::string child(const Node& node, std::size_t at) const {
    return at < node.children.size() ? text(node.children[at]) : std::string();
  }
  std::string joined(const Node& node, std::string_view between) const {
    std::string all;
    for (const int each : node.children) {
      if (!all.empty()) all += between;
      all += text(each);
    }
    return all;
  }
  static std::string simple(const Node& node) {
    std::string all;
    for (const Word& word : node.words) all += (all.empty() ? "" : " ") + text_of_parts(word.parts);
    for (const Redirect& item : node.redirects) all += " " + text_of_redirect(item);
    return all;
  }
  std::string compound(const Node& node) const {
    if (node.kind == Node::Kind::If) {
      const std::string otherwise = node.children.size() > 2 ? "; else " + child(node, 2) : "";
      return "if " + child(node, 0) + "; then " + child(node, 1) + otherwise + "; fi";
    }
    if (node.kind == Node::Kind::Case) return branches(node);
    if (node.kind == Node::Kind::For) {
      std::string words = node.over_arguments ? " \"${@}\"" : "";
      for (const Word& word : node.words) words += " " + text_of_parts(word.parts);
      return "for " + node.name + " in" + words + "; do " + child(node, 0) + "; done";
    }
    const std::string word = node.kind == Node::Kind::While ? "while " : "until ";
    return word + child(node, 0) + "; do " + child(node, 1) + "; done";
  }
  std::string branches(const Node& node) const {
    std::string all = "case " + text_of_parts(node.words.at(0).parts) + " in ";
    for (const Branch& branch : node.branches)
      all += text_of_parts(branch.patterns.at(0).parts) + ") " + text(branch.body) + ";; ";
    return all + "esac";
  }

  const Tree& tree_;
};

}  // namespace

std::string text_of_node(const Tree& tree, int node) { return Writer(tree).text(node); }

std::string text_of_command(const Node& node) {
  Tree tree;
  tree.nodes.push_back(node);
  return text_of_node(tree, 0);
}

}  // namespace cutaway::sim::sh
