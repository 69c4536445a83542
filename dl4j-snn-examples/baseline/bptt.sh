#!/bin/bash
# The rows of "Gradients through time" in docs/reports/performance.md: snn bench beside PyTorch, in
# turn. Options, such as --json, go to snn bench; SURROGATE is rectangular by default. Needs snn on the
# PATH, and torch, snntorch and spikingjelly for PYTHON (/usr/bin/python3 by default).
set -e
here=$(cd "$(dirname "$0")" && pwd)
mnist=$here/../src/main/resources/mnist

row() {
  neurons=$1 network=$2 steps=$3 batch=$4 warmup=$5 batches=$6
  shift 6
  snn bench --rule spatio-temporal --surrogate "${SURROGATE:-rectangular}" --network "$network" --steps "$steps" \
    --batch "$batch" --warmup "$warmup" --batches "$batches" --compare "${PYTHON:-/usr/bin/python3} $here/bptt_torch.py \
--neurons $neurons --network {network} --steps {steps} --batch {batch} --threads {threads} --batches $((batches - 1)) \
--images $mnist/train-images-idx3-ubyte.gz --labels $mnist/train-labels-idx1-ubyte.gz" "$@"
}

# Java compiles while it warms up, by seconds rather than minibatches.
row plain mlp 25 50 100 40 "$@"
row snntorch lenet5 25,100 64 40 6 "$@"
row snntorch vgg7 6 32 40 6 "$@"
row spikingjelly lenet5 25 64 40 6 "$@"
row spikingjelly vgg7 6 32 40 6 "$@"
