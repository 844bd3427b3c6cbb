// How jemalloc(3) works in our program ("TUNING"): it asks the kernel for huge pages. A trace grows
// by some 400 bytes a call and is looked through later: with pages of 4 kB half of the time goes
// into page faults, above all in a virtual machine, whose memory is mapped twice. "thp:always" is
// madvise(2) MADV_HUGEPAGE; where the machine has none, it changes nothing.
const char* malloc_conf = "thp:always,metadata_thp:auto";
