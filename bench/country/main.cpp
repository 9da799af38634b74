// quy_country PACK [--scale S]: invented evidence of a whole country on standard output, the same bytes at every call. Scale 1 is 5.6 million
// members of 52 thousand organisations; every subject of the pack occurs at every scale. Nothing in it is about anyone.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <stdexcept>

#include "base/file_io.h"
#include "base/limits.h"
#include "bench/country/evidence.h"
#include "compiler/driver/compilation.h"
#include "runtime/api/evaluation.h"

namespace quy::bench {
namespace {

constexpr double kOrganisations = 52'000, kMembers = 5'600'000;
/// Members of a hundred who lead something.
constexpr double kLeaders = 3;
constexpr std::size_t kWriteBytes = std::size_t{1} << 20;
/// Organisations that are compared with each other.
constexpr std::uint64_t kOrganisationsInCohort = 40;

Pack open(const std::string& path) {
  std::variant<Pack, Message> made = Message{};
  if (path.ends_with(".qpk")) {
    const std::optional<std::string> bytes = read_file(path, limits::pack_bytes);
    if (!bytes) throw std::runtime_error("cannot read " + path);
    made = Pack::from_bytes(*bytes);
  } else {
    Compilation compilation;
    compilation.add_path(path);
    if (!compilation.check()) throw std::runtime_error(path + " does not compile");
    made = Pack::from_module(compilation.module(*compilation.packs().front()));
  }
  if (const auto* fault = std::get_if<Message>(&made)) throw std::runtime_error(text(*fault, Language::en));
  return std::get<Pack>(std::move(made));
}

/// Deals out subjects in turn, each as often as its share says.
class Deal {
 public:
  void add(std::uint32_t subject, double share) {
    subjects_.push_back(subject);
    shares_.push_back(share);
    owed_.push_back(share / 2);
    sum_ += share;
  }
  bool empty() const { return subjects_.empty(); }
  /// Whose turn it is: the one that is owed most.
  std::uint32_t next() {
    std::size_t most = 0;
    for (std::size_t i = 0; i < owed_.size(); ++i) {
      owed_[i] += shares_[i];
      if (owed_[i] > owed_[most]) most = i;
    }
    owed_[most] -= sum_;
    return subjects_[most];
  }

 private:
  std::vector<std::uint32_t> subjects_;
  std::vector<double> shares_, owed_;
  double sum_ = 0;
};

class Country {
 public:
  Country(const bytecode::Module& module, double scale) : module_(module), writer_(module), scale_(scale) {
    for (std::uint32_t i = 0; i < module.subjects.size(); ++i) {
      const bytecode::Subject& subject = module.subjects[i];
      // Of an office of state there is one, or a few; such subjects stand in a part of the pack with many kinds of them.
      if (subject.kind == "to_chuc" || subject.kind.starts_with("tap_the")) organisations_.add(i, 1);
      else if (subject.kind == "lanh_dao" && !is_office(subject)) leaders_.add(i, 1);
      else if (subject.kind == "lanh_dao") offices_.push_back(i);
      else members_.add(i, subject.kind == "khong_lanh_dao" ? 10 : 1);
    }
    if (members_.empty()) throw std::runtime_error("the pack has no subject for members");
  }

  void write() {
    const auto organisations = static_cast<std::uint64_t>(std::max(40.0, kOrganisations * scale_));
    const auto members = static_cast<std::uint64_t>(kMembers * scale_);
    const auto leaders = static_cast<std::uint64_t>(std::max(40.0, kMembers * scale_ * kLeaders / 100));
    for (const std::uint32_t office : offices_)
      for (int i = 0; i < kHoldersOfOffice; ++i) person("CB", office, random_.between(0, static_cast<std::int64_t>(organisations) - 1), organisations);
    // Each organisation with its people behind it.
    std::uint64_t written_members = 0, written_leaders = 0;
    for (std::uint64_t organisation = 0; organisation < organisations; ++organisation) {
      if (!organisations_.empty()) record(organisations_.next(), {organisation_id(organisation), organisation_id(organisation), cohort_of(organisation), {}});
      const auto until = [&](std::uint64_t all) { return all * (organisation + 1) / organisations; };
      for (; !leaders_.empty() && written_leaders < until(leaders); ++written_leaders) person("LD", leaders_.next(), static_cast<std::int64_t>(organisation), organisations);
      for (; written_members < until(members > leaders ? members - leaders : 0); ++written_members)
        person("DV", members_.next(), static_cast<std::int64_t>(organisation), organisations);
    }
    flush();
  }

 private:
  static constexpr int kHoldersOfOffice = 3;

  static bool is_office(const bytecode::Subject& subject) { return subject.id.find(".pl2.") != std::string::npos; }
  static std::string organisation_id(std::uint64_t organisation) { return fmt::format("TC-{:06}", organisation); }
  static std::string cohort_of(std::uint64_t organisation) { return fmt::format("N-{:05}", organisation / kOrganisationsInCohort); }

  /// Leaders answer for their own organisation and a few of its neighbours.
  void person(const char* prefix, std::uint32_t subject, std::int64_t organisation, std::uint64_t organisations) {
    const auto own = static_cast<std::uint64_t>(organisation);
    RecordPlace place{fmt::format("{}-{:07}", prefix, ++people_), organisation_id(own), cohort_of(own), {}};
    for (std::int32_t i = random_.up_to(4); i >= 0; --i) place.charges.push_back(organisation_id((own + static_cast<std::uint64_t>(i)) % organisations));
    record(subject, place);
  }

  void record(std::uint32_t subject, const RecordPlace& place) {
    writer_.append(module_.subjects[subject], place, random_, text_);
    if (text_.size() >= kWriteBytes) flush();
  }

  void flush() {
    if (std::fwrite(text_.data(), 1, text_.size(), stdout) != text_.size() || std::fflush(stdout) != 0) throw std::runtime_error("standard output failed");
    text_.clear();
  }

  const bytecode::Module& module_;
  EvidenceWriter writer_;
  double scale_;
  Random random_{2025'08'30};
  Deal organisations_, leaders_, members_;
  std::vector<std::uint32_t> offices_;
  std::uint64_t people_ = 0;
  std::string text_;
};

/// `1/100` or `0.01`.
double scale_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  const double scale = slash == std::string::npos ? std::stod(text) : std::stod(text.substr(0, slash)) / std::stod(text.substr(slash + 1));
  if (!(scale > 0 && scale <= 10)) throw std::runtime_error("--scale is beyond 10");
  return scale;
}

}  // namespace
}  // namespace quy::bench

int main(int argc, char** argv) {
  try {
    const bool scaled = argc == 4 && std::strcmp(argv[2], "--scale") == 0;
    if (argc != 2 && !scaled) throw std::runtime_error("usage: quy_country PACK [--scale 1/100]");
    const quy::Pack pack = quy::bench::open(argv[1]);
    quy::bench::Country(pack.module(), scaled ? quy::bench::scale_of(argv[3]) : 1).write();
  } catch (const std::exception& error) {
    std::cerr << "quy_country: " << error.what() << '\n';
    return 1;
  }
}
