// Timers that are files, which Swift's modules of the C libraries leave out. On its own, so that no type of these libraries seems to come
// from here.
#include <stdint.h>

/// A new timer, which does not run; negative if the system has none to give.
int ctimer_create(void);

/// Has the timer go off once after so many nanoseconds, or never if they are 0. Returns 0, or -1 if it is no timer.
int ctimer_set(int descriptor, int64_t nanoseconds);
