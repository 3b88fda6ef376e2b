// glibc's settings of the heap, which Swift's module of it leaves out.
#if defined(__GLIBC__) || (defined(__has_include) && __has_include(<gnu/libc-version.h>))
#include <malloc.h>
#endif
