package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.Networks;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.schedule.FixedSchedule;

/** What cannot work is refused when the configuration is built, with what to use instead. */
class ConfigurationRefusalsTest {

  private static final InputType IMAGES = InputType.convolutional(8, 8, 2);

  static List<Layer> readersOfTime() {
    return List.of(
        new LSTM.Builder().nOut(4).build(),
        new Bidirectional(new LSTM.Builder().nOut(4).build()),
        new LastTimeStep(new LSTM.Builder().nOut(4).build()),
        new Convolution1D.Builder(2).nOut(4).build(),
        new RnnOutputLayer.Builder(new LossMSE()).nOut(3).build(),
        new RnnLossLayer.Builder(new LossMSE()).build());
  }

  @ParameterizedTest
  @MethodSource("readersOfTime")
  void shouldRefuseStockLayersThatWouldSeeOneStep(Layer reader) {
    for (Layer spiking :
        List.of(
            new SpikingDense.Builder().nOut(5).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(5).build())) {
      assertRefused(
          () -> list(IMAGES, SpikeEncoding.poisson(3).build(), spiking, reader),
          "a layer that reads time",
          "must not come after a spiking layer",
          "labels [minibatch, classes]");
      assertRefused(
          () -> graph(IMAGES, SpikeEncoding.poisson(3).build(), spiking, reader),
          "a layer that reads time");
    }
  }

  @Test
  void shouldRefuseToPoolVectorsOverTime() {
    assertRefused(
        () ->
            list(
                IMAGES,
                SpikeEncoding.poisson(3).build(),
                new SpikingDense.Builder().nOut(5).build(),
                new GlobalPoolingLayer(PoolingType.AVG)),
        "a layer that reads time (GlobalPoolingLayer)");
  }

  @Test
  void shouldLetStockLayersReadRates() {
    Layer spiking = new SpikingConvolution2D.Builder(3, 3).nOut(5).build();
    for (List<Layer> stock :
        List.<List<Layer>>of(
            List.of(Networks.readOut(3)),
            List.of(new GlobalPoolingLayer(PoolingType.AVG), Networks.readOut(3)),
            List.of(new BatchNormalization(), Networks.readOut(3)),
            List.of(new DenseLayer.Builder().nOut(4).build(), Networks.readOut(3)))) {
      Layer[] layers =
          Stream.concat(Stream.of(SpikeEncoding.poisson(3).build(), spiking), stock.stream())
              .toArray(Layer[]::new);
      MultiLayerNetwork network = Networks.of(list(IMAGES, layers));
      assertEquals(3, network.output(Nd4j.rand(2, 2, 8, 8)).size(1));
      ComputationGraph graph = Networks.of(graph(IMAGES, layers));
      assertEquals(3, graph.outputSingle(Nd4j.rand(2, 2, 8, 8)).size(1));
    }
  }

  /** A limit: a spiking layer sees its successor only (docs/limits.md). */
  @Test
  void shouldNotNoticeReadersOfTimeBehindAStockLayer() {
    MultiLayerNetwork network =
        Networks.of(
            list(
                IMAGES,
                SpikeEncoding.poisson(3).build(),
                new SpikingDense.Builder().nOut(5).build(),
                new DenseLayer.Builder().nOut(5).build(),
                new LSTM.Builder().nOut(4).build(),
                new RnnOutputLayer.Builder(new LossMSE()).nOut(3).build()));
    assertEquals(1, network.output(Nd4j.rand(2, 2, 8, 8)).size(2));
  }

  /** A limit: Deeplearning4j reports the pooled type with a time axis (docs/limits.md). */
  @Test
  void shouldRefuseSeriesThatWerePooledForTheTypeTheyAreReportedWith() {
    assertRefused(
        () ->
            list(
                InputType.recurrent(6, 9),
                new LSTM.Builder().nOut(4).build(),
                new GlobalPoolingLayer(PoolingType.AVG),
                SpikeEncoding.poisson(3).build(),
                new SpikingDense.Builder().nOut(5).build(),
                Networks.readOut(3)),
        "features must not have a time axis",
        "GlobalPoolingLayer");
  }

  static List<Layer> layersWithoutSpikes() {
    return List.of(
        new DenseLayer.Builder().nOut(5).build(),
        new SubsamplingLayer.Builder().kernelSize(2, 2).build(),
        new BatchNormalization(),
        new DropoutLayer(0.5),
        new ActivationLayer(Activation.RELU));
  }

  @ParameterizedTest
  @MethodSource("layersWithoutSpikes")
  void shouldRefuseStockLayersBetweenSpikingOnesAndNameTheSubstitute(Layer between) {
    for (Layer after :
        List.of(
            new SpikingDense.Builder().nOut(5).build(),
            new SpikingDelay.Builder().steps(1).build(),
            new SpikingDropout.Builder().retain(0.5).build())) {
      assertRefused(
          () ->
              list(
                  IMAGES,
                  SpikeEncoding.poisson(3).build(),
                  new SpikingConvolution2D.Builder(3, 3).nOut(4).build(),
                  between,
                  after),
          "needs a spike train with its input",
          "CurrentNormalization()) on the spiking layer's builder in place of a BatchNormalization",
          "SpikingDropout for DropoutLayer",
          "SpikingPooling2D for SubsamplingLayer");
    }
  }

  @Test
  void shouldRefuseInAGraphWhatItsTypesTell() {
    assertRefused(
        () ->
            graph(
                IMAGES,
                SpikeEncoding.poisson(3).build(),
                new DenseLayer.Builder().nOut(5).build(),
                new SpikingDense.Builder().nOut(5).build()),
        "layer 'l2' (SpikingDense) needs a spike train with its input");
    ComputationGraph graph =
        Networks.of(
            graph(
                IMAGES,
                SpikeEncoding.poisson(3).build(),
                new BatchNormalization(),
                new SpikingDense.Builder().nOut(5).build(),
                Networks.readOut(3)));
    assertRefused(
        () -> graph.output(Nd4j.rand(2, 2, 8, 8)),
        "layer 'l2' (SpikingDense) needs a spike train with its input",
        "in place of a BatchNormalization");
  }

  @Test
  void shouldRefuseABranchWithoutSpikesAtASpikingVertex() {
    assertRefused(
        () ->
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(6))
                .addLayer("encoding", SpikeEncoding.poisson(5).build(), "in")
                .addLayer("stock", new DenseLayer.Builder().nOut(6).build(), "encoding")
                .addVertex("add", new SpikingAdd(), "encoding", "stock")
                .addLayer("out", Networks.readOut(3), "add")
                .setOutputs("out")
                .build(),
        "SpikingAdd() needs a spike train with its input");
  }

  @Test
  void shouldRefuseMinibatchesOfOtherSizesAtASpikingVertex() {
    ComputationGraph graph =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("one", "other")
                .setInputTypes(InputType.feedForward(6), InputType.feedForward(6))
                .addLayer("first", SpikeEncoding.poisson(5).build(), "one")
                .addLayer("second", SpikeEncoding.poisson(5).build(), "other")
                .addVertex("both", new SpikingAnd(), "first", "second")
                .addLayer("out", Networks.readOut(3), "both")
                .setOutputs("out"));
    assertRefused(
        () -> graph.output(Nd4j.rand(2, 6), Nd4j.rand(3, 6)),
        "vertex 'both': spike trains must have the same number of samples, got [2, 3]");
  }

  @Test
  void shouldRefuseNeuronsThatFireSeveralTimesInAStep() {
    List<Double> zero = List.of(0.0);
    List<Double> one = List.of(1.0);
    LinearNeuron several =
        new LinearNeuron(
            Charging.of(new LinearStep(Integration.DECAY, one, one, zero, zero)),
            Firing.SEVERAL,
            one,
            MembraneReset.BY_SUBTRACTION,
            zero);
    assertRefused(
        () -> new SpikingDense.Builder().neuron(several),
        "neurons of a layer must fire at most once per step");
  }

  @Test
  void shouldRefuseLearnedDelaysOfAnInputWithoutType() {
    assertRefused(
        () ->
            Networks.of(
                Networks.seeded(1),
                SpikeEncoding.frames().build(),
                new LearnedDelay.Builder(3).width(new FixedSchedule(1)).build(),
                new SpikingDense.Builder().nIn(4).nOut(3).build()),
        "the channels of its input must be known");
  }

  @Test
  void shouldRefuseSpikesThatAreNotOrdinaryAtACoincidence() {
    ComputationGraph graph =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(6))
                .addLayer("encoding", SpikeEncoding.direct(5).build(), "in")
                .addLayer("dense", new SpikingDense.Builder().nOut(6).build(), "encoding")
                .addVertex("both", new SpikingAnd(), "dense", "encoding")
                .addLayer("out", Networks.readOut(3), "both")
                .setOutputs("out"));
    assertRefused(
        () -> graph.outputSingle(Nd4j.rand(2, 6)),
        "vertex 'both': spikes must be of amplitude 1 to be compared, got signed or graded ones",
        "they come from an encoding");
  }

  @Test
  void shouldRefuseAPreprocessorBetweenSpikingLayers() {
    assertRefused(
        () ->
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.poisson(3).build())
                .layer(new SpikingDense.Builder().nOut(5).build())
                .layer(Networks.readOut(3))
                .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(8, 8, 2))
                .setInputType(IMAGES)
                .build(),
        "none comes from the layer, vertex or preprocessor before it");
  }

  @Test
  void shouldRefuseFormatsWithTheChannelsLast() {
    Layer frames = SpikeEncoding.frames().build();
    Layer dense = new SpikingDense.Builder().nOut(4).build();
    assertRefused(
        () -> list(InputType.recurrent(9, 9, RNNFormat.NWC), frames, dense, Networks.readOut(3)),
        "RNNFormat.NCW",
        "format=NWC",
        "permute(0, 2, 1)");
    assertRefused(
        () ->
            list(
                InputType.convolutional3D(Convolution3D.DataFormat.NDHWC, 5, 8, 8, 2),
                frames,
                dense,
                Networks.readOut(3)),
        "[minibatch, channels, T, height, width]",
        "NDHWC",
        "permute(0, 4, 1, 2, 3)");
    assertRefused(
        () ->
            list(
                InputType.convolutional(8, 8, 8, CNN2DFormat.NHWC),
                SpikeEncoding.direct(3).build(),
                dense,
                Networks.readOut(3)),
        "NCHW",
        "NHWC",
        "permute(0, 3, 1, 2)");
  }

  /**
   * Deeplearning4j gives the network-wide mode to its own convolutions only; ours cannot see it
   * (docs/limits.md).
   */
  @Test
  void shouldPadTheSameWhateverTheNetworkWideConvolutionMode() {
    for (ConvolutionMode mode : ConvolutionMode.values()) {
      MultiLayerConfiguration configuration =
          new NeuralNetConfiguration.Builder()
              .convolutionMode(mode)
              .list()
              .layer(SpikeEncoding.poisson(3).build())
              .layer(new SpikingConvolution2D.Builder(3, 3).nOut(5).build())
              .layer(Networks.readOut(3))
              .setInputType(IMAGES)
              .build();
      assertEquals(
          InputType.convolutional(8, 8, 5),
          configuration.getConf(1).getLayer().getOutputType(1, IMAGES));
    }
  }

  /** Network-wide settings that apply to spiking layers. */
  @Test
  void shouldInheritUpdatersBiasesRegularizationAndConstraints() {
    NeuralNetConfiguration.Builder settings =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(0))
            .biasUpdater(new Sgd(1))
            .biasInit(0.25)
            .l2(0.5)
            .constrainWeights(new NonNegativeConstraint());
    MultiLayerNetwork network =
        Networks.of(
            settings
                .list()
                .layer(SpikeEncoding.direct(3).build())
                .layer(new SpikingDense.Builder().nOut(5).hasBias(true).build())
                .layer(Networks.readOut(3))
                .setInputType(InputType.feedForward(4))
                .build());
    assertEquals(0.25, network.getParam("1_b").getDouble(0));
    double penalty = network.getLayer(1).calcRegularizationScore(true);
    double squares = network.getParam("1_W").norm2Number().doubleValue();
    assertEquals(0.5 * 0.5 * squares * squares, penalty, 1e-5);
    network.fit(Nd4j.rand(6, 4), Nd4j.rand(6, 3));
    assertTrue(network.getParam("1_W").minNumber().doubleValue() >= 0);
    assertTrue(network.getParam("1_b").sub(0.25).norm2Number().doubleValue() > 0);
  }

  @Test
  void shouldNotInheritWeightsAndActivations() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .weightInit(WeightInit.ZERO)
            .activation(Activation.TANH)
            .list()
            .layer(SpikeEncoding.direct(3).build())
            .layer(new SpikingDense.Builder().nOut(5).build())
            .layer(Networks.readOut(3))
            .setInputType(InputType.feedForward(4))
            .build();
    MultiLayerNetwork network = Networks.of(configuration);
    assertTrue(network.getParam("1_W").norm2Number().doubleValue() > 0);
    SpikingDense dense = (SpikingDense) configuration.getConf(1).getLayer();
    assertTrue(dense.getActivationFn().toString().startsWith("firing rate"));
  }

  @Test
  void shouldRefuseNoiseOfWeightsAndHalfPrecisionInTime() {
    assertRefused(
        () -> init(new NeuralNetConfiguration.Builder().weightNoise(new DropConnect(0.5))),
        "weightNoise must be unset");
    assertRefused(
        () -> init(new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT16)),
        "data type must be FLOAT or DOUBLE for SpatioTemporalBackprop");
    assertRefused(
        () -> init(new NeuralNetConfiguration.Builder().dataType(DataType.BFLOAT16)),
        "Got datatype: BFLOAT16");
  }

  private static MultiLayerNetwork init(NeuralNetConfiguration.Builder settings) {
    return Networks.of(
        settings,
        InputType.feedForward(4),
        SpikeEncoding.direct(3).build(),
        new SpikingDense.Builder().nOut(5).build(),
        Networks.readOut(3));
  }

  /** These messages are Deeplearning4j's own; docs/troubleshooting.md explains them. */
  @Test
  void shouldLeaveLabelsWithTimeAndMissingInputTypesToDeeplearning4j() {
    MultiLayerNetwork network = init(new NeuralNetConfiguration.Builder());
    assertRefused(
        () -> network.fit(Nd4j.rand(4, 4), Nd4j.rand(4, 3, 9)),
        "Labels and preOutput must have equal shapes: got shapes [4, 3, 9] vs [4, 3]");
    MultiLayerNetwork untyped =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.direct(3).build())
                .layer(new SpikingDense.Builder().nIn(4).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(new LossMSE()).nIn(5).nOut(3).build())
                .build());
    assertRefused(() -> untyped.fit(Nd4j.rand(4, 4), Nd4j.rand(4, 3, 1)), "expects rank 3 input");
  }

  private static MultiLayerConfiguration list(InputType input, Layer... layers) {
    Layer[] copies = Arrays.stream(layers).map(Layer::clone).toArray(Layer[]::new);
    return Networks.list(Networks.seeded(1), input, copies).build();
  }

  private static ComputationGraphConfiguration graph(InputType input, Layer... layers) {
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder().seed(1).graphBuilder().addInputs("in");
    String before = "in";
    for (int i = 0; i < layers.length; i++) {
      graph.addLayer("l" + i, layers[i].clone(), before);
      before = "l" + i;
    }
    return graph.setOutputs(before).setInputTypes(input).build();
  }
}
