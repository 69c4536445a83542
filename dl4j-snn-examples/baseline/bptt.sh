#!/bin/bash
# The rows of "Gradients through time" in docs/reports/performance.md: snn bench beside PyTorch, in
# turn. Options, such as --json, go to snn bench; SURROGATE is rectangular by default. Needs snn on the
# PATH, and torch, snntorch and spikingjelly for PYTHON (/usr/bin/python3 by default).
set -e
here=$(cd "$(dirname "$0")" && pwd)
mnist=$here/../src/main/resources/mnist

row() {
  neurons=$1 network=$2 steps=$3 batch=$4
  shift 4
  snn bench --rule spatio-temporal --surrogate "${SURROGATE:-rectangular}" --network "$network" --steps "$steps" \
    --batch "$batch" --warmup 12 --batches 6 --compare "${PYTHON:-/usr/bin/python3} $here/bptt_torch.py \
--neurons $neurons --network {network} --steps {steps} --batch {batch} --threads {threads} --batches 5 \
--images $mnist/train-images-idx3-ubyte.gz --labels $mnist/train-labels-idx1-ubyte.gz" "$@"
}

row plain mlp 25 50 "$@"
row snntorch lenet5 25,100 64 "$@"
row snntorch vgg7 6 32 "$@"
row spikingjelly lenet5 25 64 "$@"
row spikingjelly vgg7 6 32 "$@"
