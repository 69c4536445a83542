package org.dl4jsnn.asf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.property.CustomNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Bad input and bad configurations are refused by name. */
class RefusalsTest {

  private static final CustomNeuron CUSTOM = new CustomNeuron(1, 1);

  private static Arguments refused(String message, Executable call) {
    return Arguments.of(message, call);
  }

  private static SpikingDense.Builder dense(int outputs) {
    return new SpikingDense.Builder().nOut(outputs);
  }

  private static SpikingPooling2D.Builder pooling(PoolingType type) {
    return new SpikingPooling2D.Builder(type, 2, 2);
  }

  static Stream<Arguments> settings() {
    String noNeurons =
        "threshold, leak, reset, initial membrane and neuron must not be set on %s pooling";
    String noise = "freshInferenceNoise must be unset without noise";
    String gain =
        "gain must be unset on frames, in delta coding and with a custom encoder, got 2.0";
    return Stream.of(
        refused(noNeurons.formatted("MAX"), () -> pooling(PoolingType.MAX).threshold(1).build()),
        refused(noNeurons.formatted("MAX"), () -> pooling(PoolingType.MAX).neuron(CUSTOM).build()),
        refused(noNeurons.formatted("SUM"), () -> pooling(PoolingType.SUM).leak(0.5).build()),
        refused(
            noNeurons.formatted("SUM"),
            () ->
                pooling(PoolingType.SUM)
                    .neuron(new SpikingNeuron(5, 0.5, Reset.bySubtraction(), 0))
                    .build()),
        refused(
            "learned parameters must not be set on SUM pooling, which has no neurons, got ",
            () -> pooling(PoolingType.SUM).learnPerLayer("threshold").build()),
        refused(gain, () -> SpikeEncoding.frames().gain(2).build()),
        refused(gain, () -> SpikeEncoding.delta(1).gain(2).build()),
        refused(gain, () -> SpikeEncoding.by(SpikeEncoder.direct(2, 1)).gain(2).build()),
        refused(noise, () -> SpikeEncoding.frames().freshInferenceNoise(true).build()),
        refused(noise, () -> SpikeEncoding.direct(3).freshInferenceNoise(true).build()),
        refused(noise, () -> SpikeEncoding.delta(1).freshInferenceNoise(true).build()),
        refused(noise, () -> SpikeEncoding.latency(3).freshInferenceNoise(true).build()),
        refused(
            "inputGradient must not be true with an encoder whose gradient is zero",
            () -> SpikeEncoding.latency(3).inputGradient(true).build()),
        refused(
            "activation must not be set on a spiking layer",
            () -> dense(2).activation(Activation.RELU).build()),
        refused("steps must be", () -> SpikeEncoding.poisson(0).build()),
        refused("kernel size must be", () -> new SpikingConvolution2D.Builder(0, 3).build()),
        refused(
            "threshold must be positive and finite, got -0.5",
            () -> dense(1).threshold(-0.5).build()),
        refused(
            "threshold in single precision must be positive and finite, got 0.0",
            () -> dense(1).threshold(1e-50).build()),
        refused(
            "threshold, leak, reset and initialMembrane must be unset",
            () -> dense(1).threshold(2).neuron(CUSTOM).build()),
        refused(
            "nOut (0: not set) must be a whole number of at least 0, got -3",
            () -> dense(-3).build()),
        refused("reset must be given", () -> dense(1).reset(null).build()),
        refused("gradient rule must be given", () -> dense(1).backprop(null)),
        refused(
            "hasBias must be false with a normalization, whose shift takes its place, got true",
            () -> dense(3).hasBias(true).normalization(new CurrentNormalization()).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void shouldRefuseSettingsThatDoNotApply(String message, Executable call) {
    assertRefused(message, call);
  }

  private static Executable over(InputType input, Layer... layers) {
    return () -> SmallNetworks.learningByFlow(input, layers);
  }

  private static SpikeEncoding poisson() {
    return SpikeEncoding.poisson(5).build();
  }

  static Stream<Arguments> networks() {
    InputType four = InputType.feedForward(4);
    return Stream.of(
        refused(
            "(SpikingPooling2D): input height must be at least 3",
            over(
                InputType.convolutional(2, 2, 1),
                poisson(),
                new SpikingPooling2D.Builder(PoolingType.AVG, 3, 3).build())),
        refused(
            "layer 'after' (SpikingDense) needs a spike train with its input",
            over(
                InputType.feedForward(6),
                poisson(),
                new DenseLayer.Builder().nOut(5).activation(Activation.RELU).build(),
                dense(5).name("after").build())),
        refused(
            "must come after SpikeEncoding",
            over(InputType.convolutionalFlat(4, 4, 1), dense(5).build())),
        refused("no layer comes before. Begin with SpikeEncoding", over(four, dense(5).build())),
        refused(
            "nIn and nOut must be positive",
            over(null, poisson(), new SpikingDense.Builder().nIn(4).build())),
        refused(
            "nIn and nOut must be positive",
            over(null, poisson(), pooling(PoolingType.MAX).build())),
        refused(
            "layer 'layer1' (SpikingDense): nOut must be a whole number of at least 1, got 0",
            over(four, poisson(), new SpikingDense.Builder().build())),
        // ND4J would crash if it found no memory for them.
        refused(
            "layer 'layer1' (SpikingConvolution2D): a parameter must have at most 2147483647"
                + " values, got the shape [4, 2, 1073741824, 2]",
            over(
                InputType.convolutional(6, 6, 2),
                poisson(),
                new SpikingConvolution2D.Builder(1 << 30, 2).nOut(4).build())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldRefuseLayersThatDoNotFit(String message, Executable call) {
    assertRefused(call, message);
  }

  private static void assertInitRefused(
      NeuralNetConfiguration.Builder settings, SpikingDense.Builder dense, String... parts) {
    MultiLayerConfiguration configuration =
        Networks.list(
                settings,
                InputType.feedForward(4),
                poisson(),
                dense.nOut(5).build(),
                SmallNetworks.readOut())
            .build();
    assertRefused(() -> new MultiLayerNetwork(configuration).init(), parts);
  }

  private static SpikingDense.Builder learning(BackpropRule rule) {
    return new SpikingDense.Builder().backprop(rule);
  }

  @Test
  void shouldRefuseWhatWouldDistortTheSlope() {
    assertInitRefused(
        SmallNetworks.settings().gradientNormalization(GradientNormalization.ClipL2PerLayer),
        learning(new AsfBackprop()),
        "gradientNormalization must be None",
        "slope");
    assertInitRefused(
        SmallNetworks.settings()
            .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue),
        new SpikingDense.Builder().normalization(new CurrentNormalization()),
        "[mean, var]");
    assertInitRefused(
        SmallNetworks.settings(),
        learning(
            new AsfBackprop(new LinearEstimation(), RefreshSchedule.everyEpochs(5), 1e39, false)),
        "layer 'layer1' (SpikingDense): parameter slope must begin with a number that is finite in"
            + " the network's data type FLOAT, got 1.0E39");
  }

  @Test
  void shouldRefuseRulesThatFollowTheMembraneOfACustomNeuron() {
    for (BackpropRule rule :
        new BackpropRule[] {new SpatioTemporalBackprop(), new RateBackprop()}) {
      assertInitRefused(
          SmallNetworks.settings(),
          learning(rule).neuron(CUSTOM),
          "the neuron must give its derivatives (DifferentiableDynamics) for "
              + rule.getClass().getSimpleName());
    }
  }

  @Test
  void shouldBalanceNoThresholdsOfCustomNeurons() {
    MultiLayerNetwork network =
        SmallNetworks.learningByFlow(
            InputType.feedForward(4),
            poisson(),
            dense(5).neuron(CUSTOM).build(),
            SmallNetworks.readOut());
    assertRefused(
        () -> new FiringRateBalance(0.1).thresholds(network, Nd4j.rand(6, 4)),
        "must have (leaky) integrate-and-fire neurons");
  }

  @Test
  void shouldRefuseNaNByTheLayersNameAndGoOn() {
    MultiLayerNetwork network = SmallNetworks.network();
    DataSet images = SmallNetworks.images(4, 1);
    images.getFeatures().putScalar(new int[] {2, 0, 1, 3}, Double.NaN);
    assertRefused(
        () -> network.fit(images),
        "layer 'layer0' (SpikeEncoding): features must be finite, got NaN in sample 2 at index 11");
    network.fit(SmallNetworks.images(4, 1));
    assertTrue(Double.isFinite(network.params().sumNumber().doubleValue()));
    network.getLayer(3).getParam("W").putScalar(7, Double.NaN);
    assertRefused(
        () -> network.output(SmallNetworks.images(2, 1).getFeatures()),
        "layer 'layer3' (SpikingConvolution2D): parameter W must be finite, got NaN");
  }

  @Test
  void shouldRefuseOtherRanksAndSizes() {
    MultiLayerNetwork network = SmallNetworks.network();
    assertRefused(
        () -> network.output(Nd4j.zeros(2, 8, 8)), "[minibatch, channels, height, width]");
    assertRefused(
        () -> network.output(Nd4j.zeros(2, 3, 8, 8)),
        "features must have the axes [minibatch, channels, height, width] = [minibatch, 1, 8, 8]");
    MultiLayerNetwork untyped =
        SmallNetworks.learningByFlow(
            null,
            poisson(),
            new SpikingConvolution2D.Builder(3, 3).nIn(2).nOut(4).build(),
            new SpikingDense.Builder().nIn(36).nOut(5).build());
    assertRefused(
        () -> untyped.output(Nd4j.ones(2, 3, 3, 3)),
        "layer 'layer1' (SpikingConvolution2D): input must have 2 channels (axis 1), got 3×3×3");
    assertRefused(
        () -> untyped.output(Nd4j.ones(2, 7)),
        "input must have the axes [minibatch, channels, height, width], got [minibatch, 7]");
    assertRefused(
        () -> untyped.output(Nd4j.ones(2, 2, 4, 4)), "(SpikingDense): input must have 36");
  }

  /** Without an input type there is nothing to see before the first pass. */
  @Test
  void shouldRefuseRatesWithoutTheirTrain() {
    Layer after = new SpikingDense.Builder().name("after").nIn(5).nOut(5).build();
    Layer before = new SpikingDense.Builder().name("before").nIn(6).nOut(5).build();
    for (Layer between :
        new Layer[] {
          new DenseLayer.Builder().nIn(5).nOut(5).activation(Activation.RELU).build(),
          // Changes the rates in place.
          new DropoutLayer.Builder(0.5).build()
        }) {
      MultiLayerNetwork network =
          SmallNetworks.learningByFlow(null, poisson(), before.clone(), between, after.clone());
      assertRefused(
          () -> network.feedForward(Nd4j.ones(8, 6), true),
          "layer 'after' (SpikingDense) needs a spike train with its input",
          "The last spikes of this thread came from layer 'before' (SpikingDense)",
          "SpikeEncoding");
    }
    ComputationGraph graph =
        Networks.of(
            SmallNetworks.settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(6))
                .addLayer("encoding", poisson(), "in")
                .addVertex("scale", new ScaleVertex(2), "encoding")
                .addLayer("dense", dense(5).build(), "scale")
                .addLayer("readout", SmallNetworks.readOut(), "dense")
                .setOutputs("readout")
                .build());
    assertRefused(
        () -> graph.output(Nd4j.ones(2, 6)),
        "layer 'dense' (SpikingDense) needs a spike train",
        "The last spikes of this thread came from layer 'encoding' (SpikeEncoding)");
    MultiLayerNetwork unencoded = SmallNetworks.learningByFlow(null, after.clone());
    assertRefused(() -> unencoded.output(Nd4j.ones(2, 5)), "No layer comes before");
  }

  @Test
  void shouldRefuseAmplitudesThatLeaveSinglePrecisionByTheVertexOrLayer() {
    ComputationGraph graph =
        Networks.of(
            SmallNetworks.settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(6, 2))
                .addLayer("encoding", SpikeEncoding.frames().build(), "in")
                .addVertex("twice", new SpikingAdd(), "encoding", "encoding")
                .addLayer("readout", SmallNetworks.readOut(), "twice")
                .setOutputs("readout")
                .build());
    INDArray large = Nd4j.ones(2, 6, 2).muli(1.5e38);
    assertRefused(
        () -> graph.output(large),
        "vertex 'twice': amplitudes summed over the window must be finite in single precision");
    MultiLayerNetwork network =
        SmallNetworks.learningByFlow(
            InputType.recurrent(6, 2),
            SpikeEncoding.frames().build(),
            new SpikingDropout.Builder().retain(0.5).build(),
            SmallNetworks.readOut());
    assertRefused(
        () -> network.fit(large, Nd4j.ones(2, 3)),
        "layer 'layer1' (SpikingDropout): amplitudes summed over the window must be finite");
  }
}
