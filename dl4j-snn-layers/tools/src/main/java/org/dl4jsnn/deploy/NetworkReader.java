package org.dl4jsnn.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads a network for the runtime. It runs once on zeros so that every layer knows its shapes and
 * has its normalisation folded.
 */
final class NetworkReader {

  private final PartExport export;

  /** Indices in the compact model by indices of the walk. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private CompactModel.Builder model;

  private NetworkReader(int bits) {
    this.export = new PartExport(bits);
  }

  /**
   * Reads a network.
   *
   * @param network the network
   * @param bits bits of its integer weights; 0 for single precision
   */
  static CompactModel read(NeuralNetwork network, int bits) {
    if (network instanceof ComputationGraph graph) {
      requireOne("input", graph.getConfiguration().getNetworkInputs());
      requireOne("output", graph.getConfiguration().getNetworkOutputs());
    }
    return new NetworkReader(bits).read(NetworkWalk.of(network));
  }

  private static void requireOne(String what, List<String> names) {
    Require.not(
        names.size() != 1, "a network must have one %s, got %s", what, String.join(", ", names));
  }

  private CompactModel read(NetworkWalk walk) {
    NetworkPart first = walk.parts().get(0);
    if (!(first.configuration() instanceof SpikeEncoding encoding)) {
      throw refused(first, "a network must begin with a SpikeEncoding");
    }
    CompactEncoding code = encoding(first, encoding);
    model = new CompactModel.Builder(code);
    walk.run(
        new INDArray[] {zeros(code)},
        false,
        passage -> explain(passage.part(), () -> add(passage.part())));
    List<NetworkPart> readOuts = walk.parts().stream().filter(NetworkPart::isReadOut).toList();
    if (readOuts.size() > 1) {
      throw refused(readOuts.get(1), "a network must have one output");
    }
    readOuts.forEach(part -> explain(part, () -> add(part)));
    return model.build();
  }

  private void add(NetworkPart part) {
    requireKnownPreProcessor(part);
    if (part.configuration() instanceof SpikeEncoding) {
      Require.not(part.place() != 0, "a network must have one encoding");
      places.put(0, 0);
      return;
    }
    List<Integer> inputs = part.inputs().stream().map(this::place).toList();
    boolean passesUnchanged = part.configuration() instanceof SpikingDropout;
    places.put(
        part.place(), passesUnchanged ? inputs.get(0) : model.add(export.of(part, inputs, model)));
  }

  private int place(int input) {
    Require.not(input < 0, "a network must have one input, read by its encoding");
    return places.get(input);
  }

  private static void requireKnownPreProcessor(NetworkPart part) {
    part.preProcessor()
        .filter(
            before ->
                !(before instanceof FeedForwardToCnnPreProcessor
                    || before instanceof CnnToFeedForwardPreProcessor))
        .ifPresent(
            before -> {
              throw new IllegalArgumentException(
                  "the runtime has no preprocessor "
                      + before.getClass().getSimpleName()
                      + ". Give the network features with the encoding's axes");
            });
  }

  private static CompactEncoding encoding(NetworkPart part, SpikeEncoding encoding) {
    FeatureShape shape =
        encoding
            .sampleShape()
            .orElseThrow(
                () ->
                    refused(
                        part,
                        "the encoding must know the shape of its features, got none. Possible cause:"
                            + " the configuration was built without setInputType"));
    if (encoding.isFreshInferenceNoise()) {
      throw refused(part, "the runtime has no fresh noise for each inference pass");
    }
    if (encoding.isMasked()) {
      throw refused(part, "the runtime has no masks. Give sequences their true length instead");
    }
    long seed = NoiseKey.seedOfLayer(part.layer().conf().getSeed(), part.layer().getIndex());
    try {
      return encoding
          .getEncoder()
          .compact(shape, seed)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "the runtime has the encodings poisson, direct, frames, latency, delta and"
                          + " population, got "
                          + encoding.getEncoder()));
    } catch (IllegalArgumentException e) {
      throw refused(part, e.getMessage());
    }
  }

  /** A minibatch of one sample and one step. */
  private static INDArray zeros(CompactEncoding encoding) {
    FeatureShape shape = encoding.features();
    if (!encoding.kind().hasTimeAxis()) {
      return Nd4j.zeros(DataType.FLOAT, shape.arrayShape(1));
    }
    return shape.spatial()
        ? Nd4j.zeros(DataType.FLOAT, 1, shape.channels(), 1, shape.height(), shape.width())
        : Nd4j.zeros(DataType.FLOAT, 1, shape.channels(), 1);
  }

  private static void explain(NetworkPart part, Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("layer " + part + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException refused(NetworkPart part, String reason) {
    return new IllegalArgumentException("layer " + part + ": " + reason);
  }
}
