#pragma once
// One record of one subject, read and run as the command line would; what a test's expectations are compared with.

#include <optional>
#include <string>
#include <string_view>

#include "runtime/facts/facts.h"
#include "runtime/trace/result.h"
#include "runtime/vm/machine.h"

namespace quy::tools {

class OneRecord : public facts::Reader::Sink {
 public:
  /// `module` must outlive the record.
  OneRecord(const bytecode::Module& module, std::uint32_t subject, const vm::Program::Readings& readings,
            Language language);

  /// Reads the record; `given_total` replaces the computed one. Nothing when it ran, else why it was rejected. May be called again.
  std::optional<std::string> run(const std::string& record, const std::optional<Rational>& given_total);

  vm::Batch* batch(std::string_view subject) override { return subject == program_.subject().id ? &batch_ : nullptr; }
  void row(vm::Batch&, std::uint32_t, const facts::RecordHead& head) override { head_ = head; }
  void reject(facts::Reject reject) override;

  const bytecode::Subject& subject() const { return program_.subject(); }
  const vm::Machine& machine() const { return machine_; }
  /// Status, level, outcomes still possible, the total's range. Made when first asked for: completing a record takes long, and points alone
  /// do not need it.
  const trace::Result& outcome() const { return made(outcome_); }
  /// With reasons and what is missing, which takes many times longer on a record with much missing.
  const trace::Result& explained() const { return made(explained_); }

 private:
  struct Lazy {
    trace::ResultMaker maker;
    bool made = false;
    trace::Result result = {};
  };
  const trace::Result& made(Lazy& lazy) const;
  void set_total(const Rational& total);

  vm::TextPool texts_;
  vm::Program program_;
  vm::Batch batch_;
  vm::Machine machine_;
  Language language_;
  facts::RecordHead head_;
  std::string rejected_;
  mutable Lazy outcome_, explained_;
};

}  // namespace quy::tools
