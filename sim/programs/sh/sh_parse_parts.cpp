// The parser: redirections, and where a parse begins and ends.
#include "sim/programs/sh/sh_parse.h"

namespace cutaway::sim::sh {

namespace {

struct RedirectRow {
  std::string_view sign;
  Redirect::Kind kind;
  int fd;
  bool both = false;
};
constexpr RedirectRow kRedirects[] = {
    {"<", Redirect::Kind::In, 0},
    {">", Redirect::Kind::Out, 1},
    {">|", Redirect::Kind::Clobber, 1},
    {">>", Redirect::Kind::Append, 1},
    {"<>", Redirect::Kind::ReadWrite, 0},
    {"<&", Redirect::Kind::Duplicate, 0},
    {">&", Redirect::Kind::Duplicate, 1},
    {"<<", Redirect::Kind::Here, 0},
    {"<<-", Redirect::Kind::Here, 0},
    {"&>", Redirect::Kind::Out, 1, true},
    {"&>>", Redirect::Kind::Append, 1, true},
};

const RedirectRow* redirect_row(const Token& token) {
  if (token.kind != Token::Kind::Operator) return nullptr;
  for (const RedirectRow& row : kRedirects) {
    if (row.sign == token.text) return &row;
  }
  return nullptr;
}

}  // namespace

bool Parser::redirect(std::vector<Redirect>& redirects) {
  const RedirectRow* row = redirect_row(token_);
  if (row == nullptr) return false;
  Redirect made;
  made.kind = row->kind;
  made.both = row->both;
  made.fd = token_.io_number >= 0 ? token_.io_number : row->fd;
  const bool strips_tabs = token_.text == "<<-";
  advance();
  if (token_.kind != Token::Kind::Word) {
    unexpected();
    return false;
  }
  made.target = token_.word;
  if (made.kind == Redirect::Kind::Here) here_document(made, strips_tabs);
  redirects.push_back(std::move(made));
  advance();
  return true;
}

void Parser::here_document(Redirect& made, bool strips_tabs) {
  HereDocument here;
  here.strips_tabs = strips_tabs;
  for (const Part& part : token_.word.parts) {
    here.end += part.text;
    here.expands = here.expands && !part.quoted;
  }
  made.here = static_cast<int>(tree_.heres.size());
  tree_.heres.push_back(std::move(here));
  lexer_.expect_here(made.here);
}

int Parser::all() {
  const int root = list({});
  if (token_.kind != Token::Kind::End) unexpected();
  return root;
}

Nested Parser::nested() {
  Nested result;
  result.node = list({")"});
  // Where the script just ends, more of it may be to come.
  if (ok() && !is_operator(")")) unexpected(")");
  result.at = lexer_.at();
  result.line = lexer_.line();
  result.ran_out = token_.kind == Token::Kind::End;
  return result;
}

void Parser::one(Parsed& parsed) {
  parsed.at_end = token_.kind == Token::Kind::End;
  parsed.root = line();
  parsed.length = lexer_.at();
  parsed.lines = lexer_.line() - first_line_;
  parsed.wants_more = lexer_.ran_out();
}

}  // namespace cutaway::sim::sh
