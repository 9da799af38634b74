#include "runtime/trace/rejects.h"

#include "base/text.h"
#include "runtime/trace/json_text.h"

namespace quy::trace {
namespace {

/// Text from a record that was refused may be anything.
std::string clean(std::string_view text) { return is_utf8(text) ? std::string(text) : printable(text); }

}  // namespace

void append_reject(std::string& out, const facts::Reject& reject, Language language, std::string_view input, std::string_view stage) {
  {
    JsonObject object(out);
    if (!input.empty()) object.member("input", clean(input));
    if (!stage.empty()) object.member("stage", stage);
    if (!reject.sheet.empty()) object.member("sheet", clean(reject.sheet));
    object.key("line") += std::to_string(reject.line);
    if (!reject.column.empty()) object.member("column", reject.column);
    object.member("id", clean(reject.id));
    object.member("field", clean(reject.field));
    object.member("code", code(reject.reason.id));
    object.member("reason", clean(text(reject.reason, language)));
  }
  out += '\n';
}

}  // namespace quy::trace
