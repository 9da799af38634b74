#include "tools/evaluation_options.h"

#include <sstream>

#include "base/text.h"

namespace quy::tools {

void add_shared_options(CLI::App& command, const Context& context, SharedEvaluationOptions& options) {
  command.add_option("--stage", options.stage,
                     context.say("Bước chấm: self, appraisal, decision hoặc all (mặc định: bước cuối)", "Stage: self, appraisal, decision or all (default: the last)"));
  command.add_option("--reading", options.readings, context.say("Chọn cách hiểu khác: TÊN=LỰA_CHỌN", "Choose another reading: NAME=OPTION"));
  command.add_option("--fields", options.fields, context.say("Các khoá kết quả cần giữ: id,total,rating", "Keys of the result to keep: id,total,rating"));
  command.add_option("--results", options.results, context.say("Tệp kết quả đã có của những nơi mà các bản ghi dẫn tới", "Files of results already there, of those whom records refer to"));
  command.add_option("--history", options.history, context.say("Tệp kết quả của các kỳ trước", "Files of results of earlier periods"));
  command.add_flag("--detail", options.detail, context.say("Kèm điểm từng nhóm, từng tiêu chí", "With the points of groups and criteria"));
}

bool fill(const Context& context, const SharedEvaluationOptions& options, EvaluationOptions& out) {
  out.stage = options.stage;
  out.detail = options.detail;
  out.language = context.language;
  out.earlier_results = options.results;
  out.earlier_results.insert(out.earlier_results.end(), options.history.begin(), options.history.end());
  for (const std::string& reading : options.readings) {
    std::size_t mark = reading.find('=');
    if (mark == std::string::npos) {
      context.fail({Diag::option_not_name_value, {reading}, {}}, kUsage);
      return false;
    }
    out.readings[fold_id(reading.substr(0, mark))] = fold_id(reading.substr(mark + 1));
  }
  std::istringstream list(options.fields);
  for (std::string field; std::getline(list, field, ',');)
    if (!field.empty()) out.fields.push_back(field);
  return true;
}

}  // namespace quy::tools
