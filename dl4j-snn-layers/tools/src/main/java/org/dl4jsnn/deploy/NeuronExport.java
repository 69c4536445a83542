package org.dl4jsnn.deploy;

import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactWeights;
import org.dl4jsnn.internal.compact.NeuronKind;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes the compact model's part for a layer of spiking neurons that has just run. */
record NeuronExport(int bits) {

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
    RecurrenceKind recurrence =
        layer
            .recurrence()
            .compact()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "recurrence must be the library's, got " + layer.recurrence()));
    INDArray recurrent =
        recurrence == RecurrenceKind.NONE ? null : layer.getParam(Recurrence.WEIGHT);
    LayerWeights numbers = weights(name, weights, layer.settings().outputAxis(), recurrent);
    return new NeuronPart(
        name,
        input,
        kind,
        window,
        channels,
        numbers.weights(),
        bias == null ? new float[0] : HostArrays.floats(bias),
        recurrence,
        numbers.recurrent(),
        NeuronKind.requireKnown(LearnedNeuron.simplest(layer.neuron())));
  }

  /** The weights of a layer. */
  private record LayerWeights(CompactWeights weights, CompactWeights recurrent) {}

  /** Rounding rounded weights again changes nothing. */
  private LayerWeights weights(String name, INDArray weights, int outputAxis, INDArray recurrent) {
    if (weights == null || bits == 0) {
      return new LayerWeights(floats(weights), floats(recurrent));
    }
    WeightQuantization.LayerRounding rounded =
        WeightQuantization.toBits(bits).layer(name, weights, outputAxis, recurrent);
    return new LayerWeights(integers(rounded.weights()), integers(rounded.recurrent()));
  }

  private static CompactWeights floats(INDArray weights) {
    return weights == null
        ? CompactWeights.NONE
        : CompactWeights.ofFloats(HostArrays.floats(weights));
  }

  private CompactWeights integers(QuantizedWeights rounded) {
    if (rounded == null) {
      return CompactWeights.NONE;
    }
    int[] values = rounded.values();
    short[] integers = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      integers[i] = (short) values[i];
    }
    return CompactWeights.ofIntegers(integers, bits, rounded.exponents(), rounded.perChannel());
  }
}
