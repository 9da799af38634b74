#include "tools/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <cstring>

#include "base/file_io.h"

namespace quy::tools {
namespace {

const char* last_words = "";

// Only calls that signal handlers may make.
extern "C" void end_cleanly(int) {
  UnfinishedFile::remove_all();
  const ssize_t said = ::write(STDERR_FILENO, last_words, std::strlen(last_words));
  (void)said;
  ::_exit(kUnreadable);
}

}  // namespace

void end_cleanly_when_interrupted(const Context& context) {
  last_words = context.say("\nbị dừng giữa chừng: không ghi kết quả nào, tệp dở dang đã xoá\n",
                           "\ninterrupted: no results were written, unfinished files are removed\n");
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
