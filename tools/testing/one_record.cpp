#include "tools/testing/one_record.h"

namespace quy::tools {

OneRecord::OneRecord(const bytecode::Module& module, std::uint32_t subject, const vm::Program::Readings& readings,
                     Language language)
    : texts_(module),
      program_(vm::Program::load(module, subject, readings)),
      batch_(program_),
      machine_(program_, true),
      language_(language),
      outcome_{trace::ResultMaker(program_, {.reasons = false, .points = false, .range = true, .influence = false},
                                  language, &texts_)},
      explained_{trace::ResultMaker(program_, {.reasons = true, .points = false, .range = true, .influence = true},
                                    language, &texts_)} {}

std::optional<std::string> OneRecord::run(const std::string& record, const std::optional<Rational>& given_total) {
  batch_.clear();
  rejected_.clear();
  outcome_.made = explained_.made = false;
  facts::Reader reader(program_.module(), texts_, {});
  std::optional<Message> unreadable = reader.read_text(record, *this);
  if (unreadable) return text(*unreadable, language_);
  if (!rejected_.empty()) return rejected_;
  if (given_total) set_total(*given_total);
  machine_.run(batch_);
  return std::nullopt;
}

void OneRecord::reject(facts::Reject reject) { rejected_ = reject.field + ": " + text(reject.reason, language_); }

const trace::Result& OneRecord::made(Lazy& lazy) const {
  if (!lazy.made) lazy.maker.make(machine_, batch_, 0, head_, lazy.result);
  lazy.made = true;
  return lazy.result;
}

void OneRecord::set_total(const Rational& total) {
  for (std::uint32_t i = 0; i < subject().fields.size(); ++i) {
    const bytecode::Field& field = subject().fields[i];
    if (field.place != bytecode::FieldPlace::given_total) continue;
    Rational scaled = total * power_of_ten(field.digits);
    batch_.set_value(i, 0, scaled.numerator().get_si());
  }
}

}  // namespace quy::tools
