package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Reads a trained network of either kind as stages and notes what has no spiking counterpart. */
final class StageReader {

  private static final String SECOND_OUTPUT =
      "is a second output of the network; only one is allowed";

  private final ConversionRefusals refusals;
  private final LayerReader layers;
  private final VertexReader vertices;
  private final List<Stage> read = new ArrayList<>();
  private final Stage features = new Stage.Features();
  private final FlatImages flattened;
  private int[] flat;
  private boolean channelsLast;

  private StageReader(ConversionRefusals refusals) {
    this.refusals = refusals;
    this.layers = new LayerReader(refusals);
    this.vertices = new VertexReader(refusals);
    this.flattened = new FlatImages(refusals);
  }

  /**
   * Reads an initialised network with one input and one output; refuses all parts that cannot be
   * converted in one message.
   */
  static StageGraph read(NeuralNetwork network) {
    ConversionRefusals refusals = new ConversionRefusals();
    NetworkWalk walk = NetworkWalk.of(network);
    refuseSpiking(walk.parts());
    if (network instanceof ComputationGraph graph) {
      refuseReadOutputs(walk.parts(), graph.getConfiguration().getNetworkOutputs(), refusals);
    }
    StageGraph graph = new StageReader(refusals).read(walk.parts());
    refusals.check();
    return graph;
  }

  /** One message for a network that spikes already, rather than one for each of its layers. */
  private static void refuseSpiking(List<NetworkPart> walked) {
    for (NetworkPart part : walked) {
      Require.not(
          part.layer() != null
              && (part.configuration() instanceof SpikeEncoding
                  || part.configuration() instanceof BaseSpikingLayer),
          "network must be of stock layers, to be converted to spiking ones, got one that is a"
              + " spiking network already: %s. It needs no conversion. For another number of time"
              + " steps use TimeSteps.change(network, T)",
          part);
    }
  }

  /** Outputs that lead to another one. */
  private static void refuseReadOutputs(
      List<NetworkPart> walked, List<String> outputs, ConversionRefusals refusals) {
    Set<Integer> inner = new HashSet<>();
    walked.forEach(part -> inner.addAll(part.inputs()));
    walked.stream()
        .filter(part -> outputs.contains(part.name()) && inner.contains(part.place()))
        .forEach(part -> refusals.add(part.toString(), SECOND_OUTPUT));
  }

  private StageGraph read(List<NetworkPart> walked) {
    NetworkPart end = end(walked);
    refuseNamesakes(walked);
    for (NetworkPart part : walked) {
      List<Stage> inputs =
          part.inputs().stream().map(place -> place < 0 ? features : read.get(place)).toList();
      if (part.inputs().stream().anyMatch(place -> place < -1)) {
        refusals.add(part.toString(), "reads a second input of the network; only one is allowed");
      }
      channelsLast |=
          FlatImages.areChannelsLast(part)
              || part.layer() != null && LayerStages.isChannelsLast(part.configuration());
      read.add(prepared(part, inputs, end));
      flattened.look(part);
    }
    flattened.check(channelsLast);
    refuseOtherAxes(walked);
    return ended(end, read.get(end.place()));
  }

  /** Global pooling over other axes than rows and columns, which only all layers together tell. */
  private void refuseOtherAxes(List<NetworkPart> walked) {
    for (NetworkPart part : walked) {
      if (part.layer() != null
          && part.configuration() instanceof GlobalPoolingLayer pooling
          && !LayerStages.pools(pooling, channelsLast)) {
        int[] axes = pooling.getPoolingDimensions();
        refusals.add(
            part.toString(),
            "it pools over the axes "
                + (axes == null ? "2 and 3" : Arrays.toString(axes))
                + ", which are not rows and columns of "
                + (channelsLast
                    ? "[minibatch, height, width, channels]"
                    : "[minibatch, channels, height, width]"));
      }
    }
  }

  /** Layers are distinguished by name. */
  private void refuseNamesakes(List<NetworkPart> walked) {
    Set<String> names = new HashSet<>();
    for (NetworkPart part : walked) {
      if (!names.add(part.name())) {
        refusals.add(part.toString(), "has the name of another layer; names must differ");
      }
    }
  }

  /** The part that no other part reads. */
  private NetworkPart end(List<NetworkPart> walked) {
    Set<Integer> inner = new HashSet<>();
    walked.forEach(part -> inner.addAll(part.inputs()));
    List<NetworkPart> ends = walked.stream().filter(part -> !inner.contains(part.place())).toList();
    for (NetworkPart more : ends.subList(0, ends.size() - 1)) {
      refusals.add(more.toString(), SECOND_OUTPUT);
    }
    return ends.get(ends.size() - 1);
  }

  private Stage prepared(NetworkPart part, List<Stage> inputs, NetworkPart end) {
    part.preProcessor().ifPresent(before -> prepare(part, inputs.get(0), before));
    if (part.layer() == null) {
      return vertices.of(part, inputs, flattened.areReadBy(part));
    }
    Layer layer = part.configuration();
    if (layer instanceof OutputLayer output && part == end) {
      return LayerStages.dense(part.name(), inputs.get(0), output, part.layer().paramTable());
    }
    if (layer instanceof LossLayer && part == end) {
      return inputs.get(0);
    }
    return layers.ofLayer(part, inputs.get(0));
  }

  private void prepare(NetworkPart part, Stage input, InputPreProcessor before) {
    if (before instanceof ComposableInputPreProcessor several) {
      for (InputPreProcessor each : several.getInputPreProcessors()) {
        prepare(part, input, each);
      }
    } else if (before instanceof FeedForwardToCnnPreProcessor image && input == features) {
      flat =
          new int[] {
            Math.toIntExact(image.getNumChannels()),
            Math.toIntExact(image.getInputHeight()),
            Math.toIntExact(image.getInputWidth())
          };
    } else if (!(before instanceof CnnToFeedForwardPreProcessor)) {
      refusals.add(
          part.toString(),
          "its preprocessor "
              + before.getClass().getSimpleName()
              + " rearranges activations, which spiking layers cannot follow");
    }
  }

  private StageGraph ended(NetworkPart end, Stage last) {
    Stage stage = last;
    IActivation activation = new ActivationIdentity();
    ILossFunction loss = null;
    if (end.layer() != null && end.configuration() instanceof BaseOutputLayer output) {
      activation = output.getActivationFn();
      loss = output.getLossFn();
    } else if (end.layer() != null && end.configuration() instanceof LossLayer output) {
      activation = output.getActivationFn();
      loss = output.getLossFn();
    }
    Stage ofReadOut = null;
    if (stage instanceof Stage.Function function && activation instanceof ActivationIdentity) {
      activation = function.activation();
      stage = function.input();
      ofReadOut = function;
    }
    layers.refuseFunctions(read, ofReadOut);
    return new StageGraph(
        stage,
        end.name(),
        activation,
        loss == null ? lossOf(activation) : loss,
        channelsLast,
        flat);
  }

  private static ILossFunction lossOf(IActivation activation) {
    if (activation instanceof ActivationSoftmax) {
      return new LossMCXENT();
    }
    return activation instanceof ActivationSigmoid ? new LossBinaryXENT() : new LossMSE();
  }
}
