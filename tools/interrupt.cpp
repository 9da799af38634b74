#include "tools/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <string>

#include "base/file_io.h"

namespace quy::tools {
namespace {

std::string last_words;   // a handler may read it: it is not changed once there is one

// Only calls that signal handlers may make.
extern "C" void end_cleanly(int) {
  UnfinishedFile::remove_all();
  const ssize_t said = ::write(STDERR_FILENO, last_words.data(), last_words.size());
  (void)said;
  ::_exit(kUnreadable);
}

}  // namespace

void end_cleanly_when_interrupted(const Context& context) {
  last_words = "\n" + context.worded({Diag::run_interrupted, {}, {}});
  struct sigaction action {};
  action.sa_handler = end_cleanly;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // A signal that is being ignored (nohup, a job in the background) stays so.
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace quy::tools
