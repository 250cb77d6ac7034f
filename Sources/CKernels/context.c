#include "CKernels.h"

bool sn_threads_built_in(void) {
#ifdef _OPENMP
    return true;
#else
    return false;
#endif
}
