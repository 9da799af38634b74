#pragma once
// Inputs by seed: good ones, and what a few changed bytes make of them. A run is the same everywhere. QUY_PROPERTY_CASES=n tries n inputs of
// each kind, QUY_PROPERTY_SEED=n begins with that seed.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace quy::fuzz {

inline std::uint64_t environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}
inline std::uint64_t cases() { return environment("QUY_PROPERTY_CASES", 1500); }
inline std::uint64_t first_seed() { return environment("QUY_PROPERTY_SEED", 1); }

/// Good and bad records, alone and together, in the forms that evidence has.
inline const std::vector<std::string>& lines() {
  static const std::vector<std::string> all{
      R"({"id":"A-01","subject":"thu.day_du","period":"2025","unit":"U1","evidence":{"so_viec":7,"he_so":12.5,"ghi_chu":"chữ \"đ\" \u0041","dat":true,"ngay":"2025-02-03","muc_chu":"kha","ma":"007","viec":[{"so_luong":2.5,"hoan_thanh":1.25,"ma_viec":"A1"},{}]}})",
      R"({"id":"A-02","subject":"thu.day_du","period":"2025-Q1","evidence":{"phieu":{"na":"lý do"},"don_vi":["X","Y",{"id":"Z","level":"tot"}]},"scores":{"self":{"pham_chat":4.5},"decision":{"pham_chat":{"value":4.25,"by":"B"}}}})",
      R"({"id":"A-03","subject":"thu.nho","period":"2025","evidence":{"n":1e3},"x_rieng":[1,{"a":null}],"meta":{}})",
      R"({"id":"A-04","subject":"thu.nho","period":"2025","evidence":{"n":-1}})",
      R"({"id":"A-05","subject":"thu.nho","period":"2025","closed":{"by":"C","date":"2025-12-31"},"cohort":"N"})",
      R"({"id":"A-06","subject":"khong.co","period":"2025"})",
      R"({"subject":"thu.nho"})",
      R"({"id":"A-07","subject":"thu.nho","period":"2025","evidence":{"n":1,"n":2}})",
      R"(broken)",
      "",
  };
  return all;
}

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::string ndjson() {
    std::string text;
    for (std::uint64_t count = below(12); count > 0; --count) text += lines()[below(lines().size())] + (below(9) == 0 ? "\r\n" : "\n");
    if (!text.empty() && below(4) == 0) text.pop_back();
    return text;
  }
  std::string json() {
    std::string text = "[";
    for (std::uint64_t count = below(6), i = 0; i < count; ++i) text += (i == 0 ? "" : ",\n") + lines()[below(6)];
    return text + "]";
  }
  std::string csv(char separator) {
    std::string text = join({"id", "subject", "period", "n", "unit"}, separator);
    for (std::uint64_t count = below(8); count > 0; --count)
      text += join({"C-" + std::to_string(below(20)), below(8) == 0 ? "thu.khong" : "thu.nho", below(9) == 0 ? "" : "2025", number(), below(2) == 0 ? "" : "U"}, separator);
    return text;
  }
  /// A few bytes changed, taken out, repeated or put in.
  std::string mutate(std::string text) {
    for (std::uint64_t count = 1 + below(5); count > 0 && !text.empty(); --count) {
      const std::size_t at = below(text.size()), size = std::min<std::size_t>(1 + below(below(2) == 0 ? 3 : 40), text.size() - at);
      switch (below(5)) {
        case 0: text[at] = static_cast<char>(below(256)); break;
        case 1: text.erase(at, size); break;
        case 2: text.insert(below(text.size()), text.substr(at, size)); break;
        case 3: text.insert(at, 1, "{}[]\",:\\\n\r\t; \xff\xef"[below(15)]); break;
        default: text[at] = static_cast<char>(text[at] ^ static_cast<char>(1U << below(8))); break;
      }
    }
    return text;
  }
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

 private:
  static std::string join(const std::vector<std::string>& cells, char separator) {
    std::string row;
    for (const std::string& cell : cells) row += (row.empty() && &cell == &cells.front() ? "" : std::string(1, separator)) + cell;
    return row + "\n";
  }
  std::string number() {
    switch (below(6)) {
      case 0: return "";
      case 1: return "x";
      case 2: return "-3";
      default: return std::to_string(below(1000));
    }
  }

  std::mt19937_64 random_;
};

}  // namespace quy::fuzz
