#pragma once
// The pieces that print*.cpp share: nested lists with two spaces a level.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/ast.h"

namespace quy::syntax {

class TreeText {
 public:
  /// Begins a list on a new line. Lists close in reverse order; see Scope.
  void open(std::string_view head);
  void close() { text_ += ')', --depth_; }

  void word(std::string_view word);
  void quoted(std::string_view text);
  /// `key word`, when there is a word.
  void entry(std::string_view key, std::string_view word);
  void flag(std::string_view key, bool set) {
    if (set) word(key);
  }
  void name(const Name& name);
  void name(std::string_view key, const std::optional<Name>& name);
  void names(std::string_view key, const std::vector<Name>& names);
  void label(const std::optional<LabelText>& label);
  void citations(const Citations& citations, std::string_view key = "cites");
  void number(const NumberText& number);
  void number(std::string_view key, const std::optional<NumberText>& number);
  void day(std::string_view key, DayNumber day);
  void expr(const ExprPtr& expr);
  void expr(std::string_view key, const ExprPtr& expr);

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t depth_ = 0;
};

/// A list that lasts as long as the block it is declared in.
class Scope {
 public:
  Scope(TreeText& text, std::string_view head) : text_(text) { text_.open(head); }
  ~Scope() { text_.close(); }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  TreeText& text_;
};

std::string_view word_of(Per per);
std::string_view word_of(Proof proof);
std::string_view word_of(Applicability applicability);
std::string_view word_of(GapPolicy policy);

// One family of constructs a file.
void print(TreeText& out, const EvidenceBlock& block, std::string_view head);
void print(TreeText& out, const Field& field);
void print(TreeText& out, const Compute& compute);
void print(TreeText& out, const OpenChoice& choice);
void print(TreeText& out, const Choice& choice);
void print(TreeText& out, const std::vector<Exception>& exceptions);
void print(TreeText& out, const Criterion& criterion, std::string_view head = "criterion");
void print(TreeText& out, const Scoring& scoring);
void print(TreeText& out, const Group& group);
void print(TreeText& out, const Treatment& treatment);
void print(TreeText& out, const SubjectBody& body);
void print(TreeText& out, const WhenRule& rule, std::string_view head);
void print(TreeText& out, const Force& force);
void print(TreeText& out, const Bar& bar);
void print(TreeText& out, const Lower& lower);
void print(TreeText& out, const Rating& rating);
void print(TreeText& out, const Test& test);

}  // namespace quy::syntax
