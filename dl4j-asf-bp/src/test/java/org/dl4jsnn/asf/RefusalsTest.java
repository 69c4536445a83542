package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Bad input and bad configurations are refused by name. */
class RefusalsTest {

  private static void assertFinite(MultiLayerNetwork network) {
    assertTrue(Double.isFinite(network.params().sumNumber().doubleValue()));
    assertTrue(Double.isFinite(network.score()));
  }

  @Test
  void shouldRefuseNaNByTheLayersName() {
    MultiLayerNetwork network = SmallNetworks.network();
    DataSet images = SmallNetworks.images(4, 1);
    images.getFeatures().putScalar(new int[] {2, 0, 1, 3}, Double.NaN);
    assertRefused(
        () -> network.fit(images),
        "layer 'layer0' (SpikeEncoding): features must be finite, got NaN in sample 2 at index 11");
    network.fit(SmallNetworks.images(4, 1));
    assertFinite(network);
  }

  @Test
  void shouldRefuseToLearnRecurrentWeightsFromRates() {
    for (BackpropRule rule : List.of(new AsfBackprop(), new RateBackprop())) {
      assertRefused(
          () ->
              new MultiLayerNetwork(
                      SmallNetworks.configuration(
                          new NeuralNetConfiguration.Builder(),
                          InputType.feedForward(5),
                          SpikeEncoding.poisson(4).build(),
                          new SpikingRecurrent.Builder().nOut(3).backprop(rule).build(),
                          new OutputLayer.Builder(new LossL2())
                              .nOut(2)
                              .activation(Activation.IDENTITY)
                              .build()))
                  .init(),
          "the gradient rule must learn recurrent weights");
    }
  }

  @Test
  void shouldRefuseOtherRanksAndSizes() {
    MultiLayerNetwork network = SmallNetworks.network();
    assertRefused(
        () -> network.output(Nd4j.zeros(2, 8, 8)), "[minibatch, channels, height, width]");
    assertRefused(
        () -> network.output(Nd4j.zeros(2, 3, 8, 8)),
        "features must have the axes [minibatch, channels, height, width] = [minibatch, 1, 8, 8]");
  }

  @Test
  void shouldRefuseAnotherNumberOfChannels() {
    MultiLayerNetwork network =
        network(
            SpikeEncoding.poisson(5).build(),
            new SpikingConvolution2D.Builder(3, 3).nIn(2).nOut(4).build(),
            new SpikingDense.Builder().nIn(36).nOut(5).build());
    assertRefused(
        () -> network.output(Nd4j.ones(2, 3, 3, 3)),
        "layer 'layer1' (SpikingConvolution2D): input must have 2 channels (axis 1), got 3×3×3");
    assertRefused(
        () -> network.output(Nd4j.ones(2, 7)),
        "input must have the axes [minibatch, channels, height, width], got [minibatch, 7]");
    assertRefused(
        () -> network.output(Nd4j.ones(2, 2, 4, 4)), "(SpikingDense): input must have 36");
  }

  @Test
  void shouldRefuseAWindowLargerThanTheImage() {
    assertRefused(
        () ->
            SmallNetworks.learningByFlow(
                InputType.convolutional(2, 2, 1),
                SpikeEncoding.poisson(5).build(),
                new SpikingPooling2D.Builder(PoolingType.AVG, 3, 3).build()),
        "(SpikingPooling2D): input height must be at least 3");
  }

  @Test
  void shouldRefuseASpikingLayerAfterAStockLayer() {
    assertRefused(
        () ->
            SmallNetworks.learningByFlow(
                InputType.feedForward(6),
                SpikeEncoding.poisson(5).build(),
                new DenseLayer.Builder().nOut(5).activation(Activation.RELU).build(),
                new SpikingDense.Builder().name("after").nOut(5).build()),
        "layer 'after' (SpikingDense) needs a spike train with its input");
    // Without an input type there is nothing to see before the first pass.
    MultiLayerNetwork network =
        network(
            SpikeEncoding.poisson(5).build(),
            new SpikingDense.Builder().name("before").nIn(6).nOut(5).build(),
            new DenseLayer.Builder().nIn(5).nOut(5).activation(Activation.RELU).build(),
            new SpikingDense.Builder().name("after").nIn(5).nOut(5).build());
    assertRefused(
        () -> network.output(Nd4j.ones(2, 6)),
        "layer 'after' (SpikingDense) needs a spike train with its input",
        "The last spikes of this thread came from layer 'before' (SpikingDense)",
        "SpikeEncoding");
  }

  @Test
  void shouldRefuseASpikingVertexAfterOneThatLosesTheTrain() {
    var configuration =
        SmallNetworks.settings()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(6))
            .addLayer("encoding", SpikeEncoding.poisson(5).build(), "in")
            .addVertex("scale", new ScaleVertex(2), "encoding")
            .addLayer("dense", new SpikingDense.Builder().nOut(5).build(), "scale")
            .addLayer("readout", SmallNetworks.readOut(), "dense")
            .setOutputs("readout")
            .build();
    AsfBackprop.applyTo(configuration);
    ComputationGraph graph = SmallNetworks.graph(configuration);
    assertRefused(
        () -> graph.output(Nd4j.ones(2, 6)),
        "layer 'dense' (SpikingDense) needs a spike train",
        "The last spikes of this thread came from layer 'encoding' (SpikeEncoding)");
  }

  @Test
  void shouldRefuseASpikingLayerWithoutEncoding() {
    assertRefused(
        () ->
            SmallNetworks.learningByFlow(
                InputType.convolutionalFlat(4, 4, 1), new SpikingDense.Builder().nOut(5).build()),
        "must come after SpikeEncoding");
    assertRefused(
        () ->
            SmallNetworks.learningByFlow(
                InputType.feedForward(4), new SpikingDense.Builder().nOut(5).build()),
        "no layer comes before. Begin with SpikeEncoding");
    MultiLayerNetwork network = network(new SpikingDense.Builder().nIn(4).nOut(5).build());
    assertRefused(() -> network.output(Nd4j.ones(2, 4)), "No layer comes before");
  }

  @Test
  void shouldRefuseWhatWouldDistortTheSlope() {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings().gradientNormalization(GradientNormalization.ClipL2PerLayer),
            InputType.feedForward(4),
            SpikeEncoding.poisson(5).build(),
            new SpikingDense.Builder().nOut(5).build(),
            SmallNetworks.readOut());
    AsfBackprop.applyTo(configuration);
    assertRefused(
        () -> new MultiLayerNetwork(configuration).init(),
        "gradientNormalization must be None",
        "slope");
  }

  @Test
  void shouldRefuseDropOut() {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings().dropOut(0.5),
            InputType.feedForward(4),
            SpikeEncoding.poisson(5).build(),
            new SpikingDense.Builder().nOut(5).build(),
            SmallNetworks.readOut());
    AsfBackprop.applyTo(configuration);
    assertRefused(
        () -> new MultiLayerNetwork(configuration).init(),
        "dropOut must be unset",
        "Put a SpikingDropout layer");
  }

  @Test
  void shouldRefuseMissingSizes() {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings(),
            null,
            SpikeEncoding.poisson(5).build(),
            new SpikingDense.Builder().nIn(4).build());
    AsfBackprop.applyTo(configuration);
    assertRefused(
        () -> new MultiLayerNetwork(configuration).init(), "nIn and nOut must be positive");
  }

  @Test
  void shouldRefuseWeightsThatAreNotFinite() {
    MultiLayerNetwork network = SmallNetworks.network();
    network.getLayer(3).getParam("W").putScalar(7, Double.NaN);
    assertRefused(
        () -> network.output(SmallNetworks.images(2, 1).getFeatures()),
        "layer 'layer3' (SpikingConvolution2D): parameter W must be finite, got NaN");
  }

  @Test
  void shouldRefuseSettingsThatDoNotApply() {
    assertRefused(
        () -> new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).threshold(1).build(),
        "threshold, leak, reset, initial membrane and neuron must not be set on MAX pooling");
    assertRefused(
        () -> new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).leak(0.5).build(),
        "threshold, leak, reset, initial membrane and neuron must not be set on SUM pooling");
    SpikingNeuron neuron = new SpikingNeuron(5, 0.5, Reset.bySubtraction(), 0);
    assertRefused(
        () -> new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).neuron(neuron).build(),
        "threshold, leak, reset, initial membrane and neuron must not be set on SUM pooling");
    assertRefused(
        () ->
            new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).learnPerLayer("threshold").build(),
        "learned parameters must not be set on SUM pooling, which has no neurons, got ");
    assertRefused(
        () -> new SpikingPooling2D.Builder(PoolingType.PNORM, 2, 2).build(),
        "pooling type must be AVG, MAX or SUM, got PNORM");
    assertRefused(() -> SpikeEncoding.frames().gain(2).build(), "gain must be unset on frames");
    for (SpikeEncoding.Builder builder : List.of(SpikeEncoding.frames(), SpikeEncoding.direct(3))) {
      assertRefused(
          () -> builder.freshInferenceNoise(true).build(),
          "freshInferenceNoise must be unset without noise");
    }
    assertRefused(
        () -> new SpikingDense.Builder().nOut(2).activation(Activation.RELU).build(),
        "activation must not be set on a spiking layer");
    assertRefused(() -> SpikeEncoding.poisson(0).build(), "steps must be");
    assertRefused(() -> new SpikingConvolution2D.Builder(0, 3).build(), "kernel size must be");
  }

  @Test
  void shouldKnowThatAThresholdIsTooLow() {
    assertRefused(
        () -> new SpikingDense.Builder().threshold(-0.5).build(),
        "threshold must be positive and finite, got -0.5");
  }

  @Test
  void shouldRefuseALayerThatChangesTheRatesInPlace() {
    MultiLayerNetwork network =
        network(
            SpikeEncoding.poisson(20).build(),
            new SpikingDense.Builder().nIn(40).nOut(50).build(),
            new DropoutLayer.Builder(0.5).build(),
            new SpikingDense.Builder().name("after").nIn(50).nOut(5).build(),
            new OutputLayer.Builder(new LossL2())
                .nIn(5)
                .nOut(3)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build());
    DataSet data = new DataSet(Nd4j.ones(8, 40).mul(0.5), Nd4j.ones(8, 3));
    assertRefused(() -> network.fit(data), "layer 'after' (SpikingDense) needs a spike train");
  }

  @Test
  void shouldRefuseBadSizesAndMissingValues() {
    assertRefused(() -> new SpikingDense.Builder().nOut(-3).build(), "nOut", "got -3");
    assertRefused(() -> new SpikingDense.Builder().reset(null).build(), "reset must be given");
    assertRefused(() -> new SpikingDense.Builder().backprop(null), "gradient rule must be given");
    assertRefused(
        () -> new SpikingDense.Builder().threshold(1e-50).build(),
        "threshold in single precision must be positive and finite, got 0.0");
    assertRefused(
        () ->
            SmallNetworks.learningByFlow(
                InputType.feedForward(4),
                SpikeEncoding.poisson(3).build(),
                new SpikingDense.Builder().build()),
        "layer 'layer1' (SpikingDense): nOut must be a whole number of at least 1, got 0");
    assertRefused(
        () ->
            network(
                SpikeEncoding.poisson(3).build(),
                new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build()),
        "nIn and nOut must be positive");
  }

  @Test
  void shouldRefuseAmplitudesThatLeaveSinglePrecisionByTheVertexOrLayer() {
    var configuration =
        SmallNetworks.settings()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(6, 2))
            .addLayer("encoding", SpikeEncoding.frames().build(), "in")
            .addVertex("twice", new SpikingAdd(), "encoding", "encoding")
            .addLayer("readout", SmallNetworks.readOut(), "twice")
            .setOutputs("readout")
            .build();
    ComputationGraph graph = SmallNetworks.graph(configuration);
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

  @Test
  void shouldRefuseParametersThatTheDataTypeDoesNotHold() {
    AsfBackprop rule =
        new AsfBackprop(new LinearEstimation(), RefreshSchedule.everyEpochs(5), 1e39, false);
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings(),
            InputType.feedForward(4),
            SpikeEncoding.poisson(5).build(),
            new SpikingDense.Builder().nOut(5).backprop(rule).build(),
            SmallNetworks.readOut());
    assertRefused(
        () -> new MultiLayerNetwork(configuration).init(),
        "layer 'layer1' (SpikingDense): parameter slope must begin with a number that is finite in"
            + " the network's data type FLOAT, got 1.0E39");
  }

  /** ND4J would crash if it found no memory for them. */
  @Test
  void shouldRefuseLayersLargerThanAnArray() {
    assertRefused(
        () ->
            SmallNetworks.learningByFlow(
                InputType.convolutional(6, 6, 2),
                SpikeEncoding.poisson(3).build(),
                new SpikingConvolution2D.Builder(1 << 30, 2).nOut(4).build()),
        "layer 'layer1' (SpikingConvolution2D): a parameter must have at most 2147483647 values,"
            + " got the shape [4, 2, 1073741824, 2]");
  }

  private static MultiLayerNetwork network(Layer... layers) {
    return SmallNetworks.learningByFlow(null, layers);
  }

  private static void assertRefused(Runnable call, String... parts) {
    String message = assertThrows(RuntimeException.class, call::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
