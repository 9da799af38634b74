#pragma once
// The heap of a program that does one big job.

namespace quy {

/// Takes address space for the whole run at once, in large pages: memory given back to the system is soon asked for again, page by page, and
/// each page costs more than what is done in it. Only what is used takes memory. Call it before anything else is allocated.
void reserve_heap();

}  // namespace quy
