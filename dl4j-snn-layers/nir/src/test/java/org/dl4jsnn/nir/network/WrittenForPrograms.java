package org.dl4jsnn.nir.network;

import java.io.IOException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirResources;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks whose exported files programs read, and features; check_exports.py beside the files runs
 * the programs.
 */
enum WrittenForPrograms {
  DENSE(6) {
    @Override
    MultiLayerNetwork network() {
      return TestNets.chain(
          InputType.recurrent(6),
          new SpikingDense.Builder().nOut(9).threshold(THRESHOLD).leak(0.875).hasBias(true).build(),
          new SpikingDense.Builder().nOut(7).threshold(THRESHOLD).leak(0.5).build());
    }
  },

  /** IF behind convolutions with stride and padding. */
  CONVOLUTION(2, 7, 6) {
    @Override
    MultiLayerNetwork network() {
      return TestNets.chain(
          InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 7, 6, 2),
          new SpikingConvolution2D.Builder(3, 3)
              .nOut(4)
              .stride(2, 1)
              .padding(1, 2)
              .threshold(THRESHOLD)
              .hasBias(true)
              .build(),
          new SpikingConvolution2D.Builder(3, 3).nOut(5).threshold(THRESHOLD).build(),
          new SpikingDense.Builder().nOut(6).threshold(THRESHOLD).build());
    }
  },

  /** LIF behind a one-dimensional convolution. */
  ROWS(2, 1, 12) {
    @Override
    MultiLayerNetwork network() {
      return TestNets.chain(
          InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 1, 12, 2),
          new SpikingConvolution1D.Builder(4).nOut(3).threshold(THRESHOLD).leak(0.5).build(),
          new SpikingDense.Builder().nOut(4).threshold(THRESHOLD).leak(0.75).build());
    }
  },

  /** Neurons with a synaptic current that reach each other, or themselves. */
  RECURRENT(5) {
    @Override
    MultiLayerNetwork network() {
      SpikingNeuron first = SpikingNeuron.leakyIntegrateAndFire((float) (3 * THRESHOLD), 0.75);
      SpikingNeuron second = SpikingNeuron.leakyIntegrateAndFire((float) (5 * THRESHOLD), 0.75);
      return TestNets.chain(
          InputType.recurrent(5),
          new SpikingRecurrent.Builder().nOut(8).neuron(new SynapticNeuron(first, 0.5)).build(),
          new SpikingRecurrent.Builder()
              .nOut(6)
              .oneToOne(true)
              .neuron(new SynapticNeuron(second, 0.25))
              .build());
    }
  },

  /** From snnTorch and back, with other weights. */
  SNNTORCH(5) {
    @Override
    MultiLayerNetwork network() throws IOException {
      return trained("snntorch-leaky", NirDialect.snnTorch());
    }
  },

  /**
   * From sinabs and back, with other weights; integrators at the end. Neurons fire several times a
   * step.
   */
  SINABS(5) {
    @Override
    MultiLayerNetwork network() throws IOException {
      return trained("sinabs-lif", NirDialect.sinabs());
    }
  },

  /** From SpikingJelly and back, with other weights. */
  SPIKINGJELLY(1, 6, 6) {
    @Override
    MultiLayerNetwork network() throws IOException {
      return trained("spikingjelly-convolution", NirDialect.spikingJelly());
    }
  };

  static final int STEPS = 60;

  /** No sum of weights, so that membranes never equal it: programs differ in what that is. */
  private static final double THRESHOLD = 1 / 3.0;

  /** Channels, and rows and columns if there are any. */
  private final long[] axes;

  WrittenForPrograms(long... axes) {
    this.axes = axes;
  }

  abstract MultiLayerNetwork network() throws IOException;

  private static MultiLayerNetwork trained(String export, NirDialect dialect) throws IOException {
    NirGraph graph = NirResources.graph("exports/" + export + ".nir");
    MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(graph);
    TestNets.roundWeights(network.paramTable());
    return network;
  }

  INDArray features() {
    long[] shape =
        axes.length == 1
            ? new long[] {1, axes[0], STEPS}
            : new long[] {1, axes[0], STEPS, axes[1], axes[2]};
    return TestNets.spikes(4, shape);
  }

  /** What is written, with the time steps of programs' readers: sinabs counts in steps. */
  NirGraph graph() throws IOException {
    NirGraph graph = NirExport.ofTimeStep(this == SINABS ? 1 : 1e-4).export(network());
    return NirExportTest.withoutMetadata(graph);
  }
}
