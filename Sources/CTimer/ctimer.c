#include "ctimer.h"

#include <sys/timerfd.h>

enum { NANOSECONDS_PER_SECOND = 1000000000 };

int ctimer_create(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC); }

int ctimer_set(int descriptor, int64_t nanoseconds) {
    struct itimerspec time = {
        .it_value = {
            .tv_sec = nanoseconds / NANOSECONDS_PER_SECOND,
            .tv_nsec = nanoseconds % NANOSECONDS_PER_SECOND,
        },
    };
    return timerfd_settime(descriptor, 0, &time, NULL);
}
