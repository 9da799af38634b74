#include "analysis/symbolic/solver.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace quy::analysis::symbolic {

namespace {

using Clock = std::chrono::steady_clock;

/// A child that gets no processor is not waited for longer than so many times its limit.
constexpr int kPatience = 10;
/// How often its use of the processor is looked at.
constexpr std::chrono::milliseconds kLeastWait{5};

constexpr int kMostLemmas = 400;   ///< rounds of a model and the lemmas that it breaks, for one question

/// What one model gets wrong; empty when it is a model of the arithmetic too.
std::vector<z3::expr> broken_lemmas(const Evidence& evidence, const z3::model& model) {
  std::vector<z3::expr> lemmas;
  for (const Deferred& deferred : evidence.deferred())
    if (auto lemma = deferred(model)) lemmas.push_back(*lemma);
  return lemmas;
}

class Worker {
 public:
  explicit Worker(const Evidence& evidence) : evidence_(evidence), solver_(evidence.context()) {
    for (const z3::expr& assumption : evidence.assumptions()) solver_.add(assumption);
  }

  Answer answer(const z3::expr& condition) {
    solver_.push();
    solver_.add(condition);
    Answer answer;
    try {
      answer = settle();
    } catch (const z3::exception&) {
      answer.verdict = Verdict::not_settled;
    }
    solver_.pop();
    return answer;
  }

 private:
  Answer settle() {
    Answer found = check();
    if (found.verdict != Verdict::possible) return found;
    for (const z3::expr& wish : evidence_.wishes()) {
      solver_.push();
      solver_.add(wish);
      Answer plain = check();
      solver_.pop();
      if (plain.verdict == Verdict::possible) return plain;
    }
    return found;
  }

  /// Lemmas hold everywhere; they stay until the question is done.
  Answer check() {
    for (int round = 0; round < kMostLemmas; ++round) {
      for (const z3::expr& lemma : lemmas_) solver_.add(lemma);
      const z3::check_result result = solver_.check();
      if (result == z3::unsat) return {Verdict::impossible, {}};
      if (result == z3::unknown) return {};
      const z3::model model = solver_.get_model();
      lemmas_ = broken_lemmas(evidence_, model);
      if (lemmas_.empty()) return {Verdict::possible, values(model)};
    }
    return {};
  }

  Assignment values(const z3::model& model) const {
    Assignment all;
    for (const z3::expr& variable : evidence_.variables()) {
      const z3::expr value = model.eval(variable, true);
      all.push_back(variable.is_bool() ? (value.is_true() ? 1 : 0) : std::stoll(value.get_decimal_string(0)));
    }
    return all;
  }

  const Evidence& evidence_;
  z3::solver solver_;
  std::vector<z3::expr> lemmas_;
};

void write_all(int to, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t written = write(to, text.data() + done, text.size() - done);
    if (written <= 0) _exit(1);
    done += static_cast<std::size_t>(written);
  }
}

/// In the child: one line an answer.
[[noreturn]] void work(const Evidence& evidence, const std::vector<z3::expr>& conditions, std::size_t first, int to) {
  try {
    Worker worker(evidence);
    for (std::size_t i = first; i < conditions.size(); ++i) {
      const Answer answer = worker.answer(conditions[i]);
      std::string line = std::to_string(static_cast<int>(answer.verdict));
      for (const std::int64_t value : answer.values) line += " " + std::to_string(value);
      write_all(to, line + "\n");
    }
    _exit(0);
  } catch (...) {
    _exit(1);
  }
}

Answer read_answer(const std::string& line) {
  std::istringstream in(line);
  int verdict = 0;
  in >> verdict;
  Answer answer{static_cast<Verdict>(verdict), {}};
  for (std::int64_t value = 0; in >> value;) answer.values.push_back(value);
  return answer;
}

/// A child at work on the conditions from `first` on.
class Child {
 public:
  Child(const Evidence& evidence, const std::vector<z3::expr>& conditions, std::size_t first) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error("no process");
    if (pid_ == 0) {
      close(ends[0]);
      work(evidence, conditions, first, ends[1]);
    }
    close(ends[1]);
    from_ = ends[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    kill(pid_, SIGKILL);
    close(from_);
    waitpid(pid_, nullptr, 0);
  }

  /// Nothing when the child has used up its time, or has gone.
  std::optional<Answer> next(std::chrono::milliseconds limit) {
    const Clock::time_point patience = Clock::now() + kPatience * limit;
    const std::chrono::nanoseconds end = used() + limit;
    for (std::size_t at; (at = text_.find('\n')) == std::string::npos;) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - used());
      if (left.count() <= 0 || Clock::now() >= patience) return std::nullopt;
      pollfd poll_for{from_, POLLIN, 0};
      const int ready = poll(&poll_for, 1, static_cast<int>(std::max(left, kLeastWait).count()));
      if (ready < 0) return std::nullopt;
      if (ready == 0) continue;
      std::array<char, 65536> buffer;
      const ssize_t got = read(from_, buffer.data(), buffer.size());
      if (got <= 0) return std::nullopt;
      text_.append(buffer.data(), static_cast<std::size_t>(got));
    }
    const std::size_t at = text_.find('\n');
    const Answer answer = read_answer(text_.substr(0, at));
    text_.erase(0, at + 1);
    return answer;
  }

 private:
  /// The processor time of the child.
  std::chrono::nanoseconds used() const {
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &time) != 0) return std::chrono::nanoseconds::max() / 2;
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }

  pid_t pid_ = -1;
  int from_ = -1;
  std::string text_;
};

}  // namespace

std::vector<Answer> ask(const Evidence& evidence, const std::vector<z3::expr>& conditions, std::chrono::milliseconds limit) {
  std::vector<Answer> answers;
  while (answers.size() < conditions.size()) {
    Child child(evidence, conditions, answers.size());
    std::optional<Answer> answer;
    while (answers.size() < conditions.size() && (answer = child.next(limit))) answers.push_back(std::move(*answer));
    if (answers.size() < conditions.size()) answers.emplace_back();
  }
  return answers;
}

}  // namespace quy::analysis::symbolic
