// Umbrella header of the kernels. One header a concern; see docs/architecture.md.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "sn_activations.h"
#include "sn_attention.h"
#include "sn_batch.h"
#include "sn_columns.h"
#include "sn_context.h"
#include "sn_crc32c.h"
#include "sn_crf.h"
#include "sn_dropout.h"
#include "sn_embedding.h"
#include "sn_fill.h"
#include "sn_gemm.h"
#include "sn_limits.h"
#include "sn_optimizer.h"
#include "sn_panels.h"
#include "sn_pooling.h"
#include "sn_random.h"
#include "sn_recurrent.h"
#include "sn_reference.h"
#include "sn_ridge.h"
#include "sn_softmax.h"
#include "sn_squared_error.h"

#endif
