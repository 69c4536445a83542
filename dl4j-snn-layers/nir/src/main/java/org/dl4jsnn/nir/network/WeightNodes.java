package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.network.ExportedNodes.Branch;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights of layers as nodes: one per concatenated branch that a layer reads.
 *
 * @param needsBias whether matrices without a bias get a zero bias, for a program that requires one
 */
record WeightNodes(ExportedNodes writer, boolean needsBias) {

  /** Writes matrices; returns their nodes. */
  List<String> dense(String name, List<Branch> branches, INDArray weights, INDArray bias) {
    int nOut = (int) weights.size(1);
    List<String> nodes = new ArrayList<>();
    int first = 0;
    for (Branch branch : branches) {
      Branch flat = flattened(name, branch);
      int offset = first;
      int nIn = flat.length();
      float[] values = HostArrays.floats(weights);
      float[] rows = new float[nIn * nOut];
      System.arraycopy(values, offset * nOut, rows, 0, rows.length);
      NirTensor matrix = NirTensor.of(new int[] {nOut, nIn}, LinearMap.transposed(rows, nIn, nOut));
      INDArray own = nodes.isEmpty() ? bias : null;
      NirNode node = own == null ? withoutBias(matrix) : affine(matrix, own);
      String added = writer.add(name, node, flat.sources());
      writer.reads(
          added,
          read -> {
            float[] all = HostArrays.floats(weights);
            float[] back = LinearMap.transposed(weight(read).values(), nOut, nIn);
            System.arraycopy(back, 0, all, offset * nOut, back.length);
            HostArrays.copy(all, weights);
            copyBias(read, own);
          });
      nodes.add(added);
      first += nIn;
    }
    requireAll("neurons", first, weights.size(0));
    return nodes;
  }

  private NirNode withoutBias(NirTensor matrix) {
    return needsBias
        ? new NirWeights.Affine(matrix, NirTensor.full(new int[] {matrix.size(0)}, 0))
        : new NirWeights.Linear(matrix);
  }

  private static NirNode affine(NirTensor weight, INDArray bias) {
    return new NirWeights.Affine(weight, tensor(bias));
  }

  private static NirTensor tensor(INDArray vector) {
    return NirTensor.of(new int[] {(int) vector.length()}, HostArrays.floats(vector));
  }

  private Branch flattened(String name, Branch branch) {
    if (branch.shape().length == 1) {
      return branch;
    }
    NirNode flatten = new NirPlumbing.Flatten(branch.shape(), 0, -1);
    return Branch.of(writer.add(name + "_flatten", flatten, branch.sources()), branch.length());
  }

  static NirTensor weight(NirNode node) {
    if (node instanceof NirWeights.Affine affine) {
      return affine.weight();
    }
    if (node instanceof NirWeights.Conv2d convolution) {
      return convolution.weight();
    }
    if (node instanceof NirWeights.Conv1d convolution) {
      return convolution.weight();
    }
    return ((NirWeights.Linear) node).weight();
  }

  private static void copyBias(NirNode node, INDArray bias) {
    if (bias == null) {
      return;
    }
    NirTensor read =
        node instanceof NirWeights.Affine affine
            ? affine.bias()
            : node instanceof NirWeights.Conv2d convolution
                ? convolution.bias()
                : ((NirWeights.Conv1d) node).bias();
    HostArrays.copy(read.values(), bias);
  }

  /** Writes convolutions; returns their nodes. */
  List<String> convolution(
      String name,
      List<Branch> branches,
      Window2D window,
      boolean depthwise,
      INDArray weights,
      INDArray bias) {
    if (depthwise && branches.size() > 1) {
      throw new IllegalArgumentException(
          "a depthwise convolution must read one layer, got a concatenation of " + branches.size());
    }
    int nOut = (int) weights.size(0);
    int fanIn = (int) weights.size(1);
    int taps = window.rows().kernel() * window.columns().kernel();
    List<String> nodes = new ArrayList<>();
    int first = 0;
    for (Branch branch : branches) {
      int offset = first;
      int channels = depthwise ? 1 : branch.channels();
      float[] own = new float[nOut * channels * taps];
      slice(HostArrays.floats(weights), own, nOut, fanIn * taps, offset * taps, true);
      INDArray ownBias = nodes.isEmpty() ? bias : null;
      NirTensor added = ownBias == null ? NirTensor.full(new int[] {nOut}, 0) : tensor(ownBias);
      NirNode node = node(branch, window, depthwise, own, nOut, channels, added);
      String nodeName = writer.add(name, node, branch.sources());
      writer.reads(
          nodeName,
          read -> {
            float[] all = HostArrays.floats(weights);
            slice(all, weight(read).values(), nOut, fanIn * taps, offset * taps, false);
            HostArrays.copy(all, weights);
            copyBias(read, ownBias);
          });
      nodes.add(nodeName);
      first += channels;
    }
    requireAll("channels", first, fanIn);
    return nodes;
  }

  private static void requireAll(String what, int read, long weights) {
    if (read != weights) {
      throw new IllegalStateException(
          "weights must read all " + weights + " " + what + " below, got nodes for " + read);
    }
  }

  /** Copies the weights of some channels from those of all, or back. */
  private static void slice(
      float[] all, float[] some, int nOut, int perOutput, int offset, boolean out) {
    int length = some.length / nOut;
    for (int o = 0; o < nOut; o++) {
      if (out) {
        System.arraycopy(all, o * perOutput + offset, some, o * length, length);
      } else {
        System.arraycopy(some, o * length, all, o * perOutput + offset, length);
      }
    }
  }

  private static NirNode node(
      Branch branch,
      Window2D window,
      boolean depthwise,
      float[] weights,
      int nOut,
      int fanIn,
      NirTensor bias) {
    FeatureShape input = Term.feature(branch.shape());
    int groups = depthwise ? branch.channels() : 1;
    NirWeights.Axis columns = axis(window.columns(), input.width());
    int width = window.columns().kernel();
    if (branch.shape().length == 2) {
      if (columns.padding() == NirWeights.Axis.SAME) {
        requireStill(columns, ".padding(n)");
      }
      NirTensor weight = NirTensor.of(new int[] {nOut, fanIn, width}, weights);
      return new NirWeights.Conv1d(input.width(), weight, bias, columns, groups);
    }
    NirWeights.Axis rows = axis(window.rows(), input.height());
    if (rows.padding() == NirWeights.Axis.SAME || columns.padding() == NirWeights.Axis.SAME) {
      requireStill(rows, ".padding(h, w)");
      requireStill(columns, ".padding(h, w)");
      rows = new NirWeights.Axis(1, NirWeights.Axis.SAME, rows.dilation());
      columns = new NirWeights.Axis(1, NirWeights.Axis.SAME, columns.dilation());
    }
    NirTensor weight =
        NirTensor.of(new int[] {nOut, fanIn, window.rows().kernel(), width}, weights);
    return new NirWeights.Conv2d(
        input.height(), input.width(), weight, bias, rows, columns, groups);
  }

  private static void requireStill(NirWeights.Axis axis, String setter) {
    Require.not(
        axis.stride() != 1,
        "padding must be equal on both sides if the stride is not 1, got a stride of %s with"
            + " uneven padding. Set %s, or choose another input size",
        axis.stride(),
        setter);
  }

  private static NirWeights.Axis axis(Window2D.Axis axis, int input) {
    int before = axis.paddingBefore(input);
    if (before == axis.paddingAfter(input)) {
      return new NirWeights.Axis(axis.stride(), before, axis.dilation());
    }
    return new NirWeights.Axis(axis.stride(), NirWeights.Axis.SAME, axis.dilation());
  }
}
