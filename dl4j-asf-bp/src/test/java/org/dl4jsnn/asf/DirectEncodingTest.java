package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.Reset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Networks on constant currents equal those on frames that are the same at every step. */
class DirectEncodingTest {

  private static final int STEPS = 6;
  private static final int SIZE = SmallNetworks.SIZE;

  /** What a step of the frames shows; the encoder's gain is taken into account. */
  private static final double GAIN = 0.5;

  static Stream<BackpropRule> rules() {
    return Stream.of(
        new AsfBackprop(), new RateBackprop(), new SpatioTemporalBackprop().withSegments(4));
  }

  private static SpikeEncoding direct() {
    return SpikeEncoding.direct(STEPS).gain(GAIN).build();
  }

  /** Constant input meets max pooling, average pooling, a vertex and a dense layer. */
  private static ComputationGraphConfiguration graph(
      SpikeEncoding encoding, InputType input, BackpropRule rule) {
    ComputationGraphConfiguration configuration =
        SmallNetworks.settings()
            .graphBuilder()
            .addInputs("images")
            .setInputTypes(input)
            .addLayer("encoding", encoding, "images")
            .addLayer(
                "max", new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(), "encoding")
            .addLayer(
                "average", new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(), "encoding")
            .addLayer(
                "strided",
                new SpikingConvolution2D.Builder(3, 3)
                    .nOut(3)
                    .stride(2, 2)
                    .hasBias(true)
                    .leak(0.5)
                    .reset(Reset.bySubtraction())
                    .build(),
                "encoding")
            .addVertex("all", new SpikingConcatenate(), "max", "average", "strided")
            .addLayer("top", new SpikingDense.Builder().nOut(9).leak(0.5).build(), "all")
            .addLayer("bottom", new SpikingDense.Builder().nOut(7).build(), "encoding")
            .addVertex("both", new SpikingConcatenate(), "top", "bottom")
            .addLayer("readout", SmallNetworks.readOut(), "both")
            .setOutputs("readout")
            .build();
    BackpropRules.apply(configuration, rule);
    return configuration;
  }

  /** Multiples of 1/64, so that currents are exact in any order of their sums. */
  private static void round(INDArray values) {
    values.assign(Nd4j.math().round(values.mul(64)).div(64));
  }

  private static DataSet exactImages() {
    DataSet images = SmallNetworks.images(10, 4);
    round(images.getFeatures());
    return images;
  }

  /** The same image at every step, [minibatch, 1, T, height, width]. */
  private static DataSet asFrames(DataSet images) {
    INDArray features = images.getFeatures().mul(GAIN);
    INDArray frames = Nd4j.create(features.size(0), 1, STEPS, SIZE, SIZE);
    frames.addi(features.reshape(features.size(0), 1, 1, SIZE, SIZE));
    return new DataSet(frames, images.getLabels());
  }

  private static InputType video() {
    return InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, SIZE, SIZE, 1);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldGiveTheGraphOfFramesThatDoNotChange(BackpropRule rule) {
    ComputationGraph network =
        Networks.of(graph(direct(), InputType.convolutional(SIZE, SIZE, 1), rule));
    round(network.params());
    ComputationGraph frames = Networks.of(graph(SpikeEncoding.frames().build(), video(), rule));
    frames.setParams(network.params().dup());
    DataSet images = exactImages();
    assertEquals(score(frames, asFrames(images)), score(network, images));
    assertSame(frames.gradient(), network.gradient());
  }

  private static double score(ComputationGraph network, DataSet data) {
    network.setInputs(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.score();
  }

  private static void assertSame(Gradient expected, Gradient actual) {
    expected
        .gradientForVariable()
        .forEach(
            (name, gradient) -> {
              INDArray other = actual.getGradientFor(name);
              assertTrue(gradient.equalsWithEps(other, 1e-5), name);
            });
    assertTrue(actual.gradient().norm2Number().doubleValue() > 0, "no gradient shows nothing");
  }
}
