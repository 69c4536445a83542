package org.dl4jsnn.deploy;

import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactNeuron;
import org.dl4jsnn.internal.compact.CompactWeights;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.FullRecurrence;
import org.dl4jsnn.synapse.OneToOneRecurrence;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.dl4jsnn.synapse.Window2D;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes the compact model's part for a layer of spiking neurons that has just run. */
final class NeuronExport {

  private final int bits;

  NeuronExport(int bits) {
    this.bits = bits;
  }

  NeuronPart of(String name, int input, SpikingLayer layer) {
    Synapse synapse = layer.synapse();
    if (synapse instanceof DenseSynapse dense) {
      return part(name, input, layer, SynapseKind.DENSE, null, dense.weights(), dense.bias());
    }
    if (synapse instanceof ConvolutionSynapse convolution) {
      return part(
          name,
          input,
          layer,
          SynapseKind.CONVOLUTION,
          convolution.window(),
          convolution.weights(),
          convolution.bias());
    }
    if (synapse instanceof DepthwiseSynapse depthwise) {
      return part(
          name,
          input,
          layer,
          SynapseKind.DEPTHWISE,
          depthwise.window(),
          depthwise.weights(),
          depthwise.bias());
    }
    if (synapse instanceof AverageSynapse average) {
      return part(name, input, layer, SynapseKind.AVERAGE, average.windows().window(), null, null);
    }
    throw new IllegalArgumentException(
        "synapses must be the library's, got " + synapse.getClass().getSimpleName());
  }

  private NeuronPart part(
      String name,
      int input,
      SpikingLayer layer,
      SynapseKind kind,
      Window2D window,
      INDArray weights,
      INDArray bias) {
    int channels = layer.synapse().outputShape().channels();
    NeuronPart.Recurrence recurrence = recurrence(layer.recurrence());
    return new NeuronPart(
        name,
        input,
        kind,
        window,
        channels,
        weights == null ? CompactWeights.NONE : weights(weights, layer.settings().outputAxis()),
        bias == null ? new float[0] : HostArrays.floats(bias),
        recurrence,
        recurrence == NeuronPart.Recurrence.NONE
            ? new float[0]
            : HostArrays.floats(layer.getParam(Recurrence.WEIGHT)),
        CompactNeuron.requireKnown(LearnedNeuron.simplest(layer.neurons()), channels));
  }

  private static NeuronPart.Recurrence recurrence(Recurrence recurrence) {
    if (recurrence.isNone()) {
      return NeuronPart.Recurrence.NONE;
    }
    if (recurrence instanceof FullRecurrence) {
      return NeuronPart.Recurrence.FULL;
    }
    if (recurrence instanceof OneToOneRecurrence) {
      return NeuronPart.Recurrence.ONE_TO_ONE;
    }
    throw new IllegalArgumentException("recurrence must be the library's, got " + recurrence);
  }

  /** Rounding rounded weights again changes nothing. */
  private CompactWeights weights(INDArray weights, int outputAxis) {
    if (bits == 0) {
      return CompactWeights.ofFloats(HostArrays.floats(weights));
    }
    QuantizedWeights rounded = WeightQuantization.toBits(bits).weights(weights, outputAxis);
    int[] values = rounded.values();
    short[] integers = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      integers[i] = (short) values[i];
    }
    return CompactWeights.ofIntegers(integers, bits, rounded.exponents(), rounded.perChannel());
  }
}
