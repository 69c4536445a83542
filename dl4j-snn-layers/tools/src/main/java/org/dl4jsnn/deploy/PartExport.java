package org.dl4jsnn.deploy;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.AccumulationPart;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.internal.layer.LeakyReadOutLayer;
import org.dl4jsnn.internal.layer.LearnedDelayLayer;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes the compact model's parts for parts of a network that have just run. */
final class PartExport {

  private static final Map<Class<?>, MergePart.Kind> MERGES =
      Map.of(
          SpikingAdd.class, MergePart.Kind.ADD,
          SpikingConcatenate.class, MergePart.Kind.CONCATENATE,
          SpikingAnd.class, MergePart.Kind.AND,
          SpikingAndNot.class, MergePart.Kind.AND_NOT);

  private final NeuronExport neurons;

  /** With bits of integer weights; 0 for single precision. */
  PartExport(int bits) {
    this.neurons = new NeuronExport(bits);
  }

  CompactPart of(NetworkPart part, List<Integer> inputs, CompactModel.Builder model) {
    if (part.vertex() != null) {
      return vertex(part, inputs);
    }
    int input = inputs.get(0);
    if (part.layer() instanceof SpikingLayer layer) {
      return neurons.of(part.name(), input, layer);
    }
    org.deeplearning4j.nn.conf.layers.Layer configuration = part.configuration();
    if (configuration instanceof SpikingPooling2D pooling) {
      return new PoolingPart(
          part.name(),
          input,
          kind(pooling.getPoolingType(), pooling.isGated()),
          pooling.getWindow());
    }
    if (configuration instanceof SpikingGlobalPooling pooling) {
      return new PoolingPart(
          part.name(), input, kind(pooling.getPoolingType(), pooling.isGated()), null);
    }
    if (configuration instanceof LeakyReadOut leaky) {
      // Scaled by the gains, as the spikes charge the integrators.
      DenseSynapse synapse = ((LeakyReadOutLayer) part.layer()).synapse(model.spikes(input));
      return new IntegratorPart(
          part.name(),
          input,
          HostArrays.floats(synapse.weights()),
          orNone(synapse.bias()),
          synapse.outputShape().neurons(),
          new IntegratorDecays(leaky.getLeaks(), leaky.getSynapticDecay().orElse(null)),
          leaky.getReads());
    }
    if (configuration instanceof SpikeAccumulation) {
      return new AccumulationPart(part.name(), input);
    }
    if (configuration instanceof SpikingDelay delay) {
      return DelayPart.of(part.name(), input, delay.getSteps());
    }
    if (part.layer() instanceof LearnedDelayLayer delay) {
      return DelayPart.of(part.name(), input, delay.rounded());
    }
    return readOut(part, input, model);
  }

  private static CompactPart vertex(NetworkPart part, List<Integer> inputs) {
    MergePart.Kind kind = MERGES.get(part.vertex().getClass());
    Require.not(kind == null, "the runtime has no such vertex");
    return new MergePart(part.name(), inputs, kind);
  }

  private static PoolingPart.Kind kind(PoolingType type, boolean isGated) {
    return switch (type) {
      case MAX -> isGated ? PoolingPart.Kind.GATED : PoolingPart.Kind.MAXIMUM;
      case SUM -> PoolingPart.Kind.SUM;
      case AVG -> PoolingPart.Kind.MEAN;
      default -> throw new IllegalArgumentException("the runtime has no such pooling, got " + type);
    };
  }

  private static CompactPart readOut(NetworkPart part, int input, CompactModel.Builder model) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = part.configuration();
    Class<?> type = configuration.getClass();
    boolean weighted = type == OutputLayer.class || type == RnnOutputLayer.class;
    Require.not(
        !weighted && type != LossLayer.class && type != RnnLossLayer.class,
        "the runtime has no such layer. Use spiking layers, and at the end OutputLayer,"
            + " LossLayer, RnnOutputLayer or RnnLossLayer");
    Layer layer = part.layer();
    IActivation activation =
        ((org.deeplearning4j.nn.conf.layers.BaseLayer) configuration).getActivationFn();
    return new ReadOutPart(
        part.name(),
        input,
        weighted ? HostArrays.floats(layer.getParam(Synapse.WEIGHT)) : new float[0],
        weighted && ((BaseOutputLayer) configuration).hasBias()
            ? orNone(layer.getParam(Synapse.BIAS))
            : new float[0],
        weighted
            ? Math.toIntExact(layer.getParam(Synapse.WEIGHT).size(1))
            : model.shape(input).neurons(),
        activation(activation),
        activation instanceof ReadOutActivation scaled ? scaled.threshold() : 1);
  }

  private static float[] orNone(INDArray bias) {
    return bias == null ? new float[0] : HostArrays.floats(bias);
  }

  private static ReadOutPart.Activation activation(IActivation activation) {
    if (activation instanceof ActivationIdentity || activation instanceof ReadOutActivation) {
      return ReadOutPart.Activation.IDENTITY;
    }
    if (activation instanceof ActivationSoftmax) {
      return ReadOutPart.Activation.SOFTMAX;
    }
    if (activation instanceof ActivationSigmoid) {
      return ReadOutPart.Activation.SIGMOID;
    }
    throw new IllegalArgumentException(
        "the runtime has the activations identity, softmax and sigmoid, got " + activation);
  }
}
