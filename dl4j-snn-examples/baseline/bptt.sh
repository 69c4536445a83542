#!/bin/bash
# The rows of "Gradients through time" in docs/reports/performance.md: snn bench beside PyTorch, in
# turn, each row in a heap of its own, which SNN_OPTS may replace. Options, such as --json, go to snn
# bench; SURROGATE is rectangular by default. Needs snn on the PATH, and torch, snntorch and
# spikingjelly for PYTHON (/usr/bin/python3 by default).
set -e
here=$(cd "$(dirname "$0")" && pwd)
mnist=$here/../src/main/resources/mnist

row() {
  heap=$1 neurons=$2 network=$3 steps=$4 batch=$5 warmup=$6 batches=$7
  shift 7
  SNN_OPTS="-Xmx$heap $SNN_OPTS" snn bench --rule spatio-temporal \
    --surrogate "${SURROGATE:-rectangular}" --network "$network" --steps "$steps" --batch "$batch" \
    --warmup "$warmup" --batches "$batches" --compare "${PYTHON:-/usr/bin/python3} $here/bptt_torch.py \
--neurons $neurons --network {network} --steps {steps} --batch {batch} --threads {threads} --batches $((batches - 1)) \
--images $mnist/train-images-idx3-ubyte.gz --labels $mnist/train-labels-idx1-ubyte.gz" "$@"
}

# Java compiles while it warms up, by seconds rather than minibatches.
row 3g plain mlp 25 50 100 40 "$@"
row 300m snntorch lenet5 25 64 40 6 "$@"
row 300m snntorch lenet5 100 64 40 6 "$@"
row 3g snntorch vgg7 6 32 40 6 "$@"
row 300m spikingjelly lenet5 25 64 40 6 "$@"
row 3g spikingjelly vgg7 6 32 40 6 "$@"
